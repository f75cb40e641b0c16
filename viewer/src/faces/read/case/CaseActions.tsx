import { deadlineText } from '../../../i18n/dates';
import { currentLocale } from '../../../i18n/messages';
import { now } from '../../../state/clock';
import type { OpenCase } from '../../../state/openCase';
import type { Room } from '../../../state/room';
import { Button } from '../../../ui/Button';
import { ProblemNote } from '../../../ui/ProblemNote';
import { say, sayProblem } from '../../../ui/Toasts';
import { UrgencyBadge } from '../../../ui/UrgencyBadge';
import { claimCase, releaseCase } from '../../../wire/cases';
import type { Case } from '../../../wire/types';
import { w } from '../words';

export async function claim(open: OpenCase): Promise<void> {
  if (await open.act((data) => claimCase(data.id, data.version, open), sayProblem)) {
    say(w('case.claimed'), 'good');
  }
}

async function release(open: OpenCase): Promise<void> {
  await open.draft.value?.save();
  if (await open.act((data) => releaseCase(data.id, data.version, open), sayProblem)) {
    say(w('case.released'), 'good');
  }
}

function holder(open: OpenCase, data: Case): string | null {
  if (data.claimedBy === null) return null;
  if (!open.mine.value) return w('case.heldBy', { name: data.claimedBy.displayName });
  if (data.claimedUntil === null) return null;
  const until = new Date(data.claimedUntil).toLocaleTimeString(currentLocale(), { timeStyle: 'short' });
  return w('case.heldUntil', { time: until });
}

/** The case's state in words, and what the reader may do with it. */
export function CaseActions(props: { readonly room: Room; readonly open: OpenCase; readonly data: Case }) {
  const { room, open, data } = props;
  const busy = open.busy.value;
  const held = holder(open, data);
  return (
    <section class="actions" aria-label={data.stateText}>
      <p class="actions__state">
        <UrgencyBadge urgency={data.urgency} />
        <strong>{data.stateText}</strong>
        {data.deadlineAt !== null && (
          <span>{deadlineText(data.deadlineAt, data.clockPaused, now.value)}</span>
        )}
        {held !== null && <span class="actions__held">{held}</span>}
      </p>
      {open.leaseFailure.value !== null && (
        <ProblemNote failure={open.leaseFailure.value}>
          <p>{w('case.leaseLost')}</p>
        </ProblemNote>
      )}
      <div class="actions__buttons">
        {open.may('claim') && (
          <Button kind="primary" aria-keyshortcuts="C" disabled={busy} onClick={() => void claim(open)}>
            {w('case.claim')} <kbd>C</kbd>
          </Button>
        )}
        {open.may('needs-info') && (
          <Button
            disabled={busy}
            aria-keyshortcuts="A"
            onClick={() => {
              room.dialog.value = 'ask';
            }}
          >
            {w('case.askMore')}
          </Button>
        )}
        {open.may('release') && (
          <Button disabled={busy} onClick={() => void release(open)}>
            {w('case.release')}
          </Button>
        )}
        {open.may('reject') && (
          <Button
            kind="danger"
            disabled={busy}
            aria-keyshortcuts="X"
            onClick={() => {
              room.dialog.value = 'reject';
            }}
          >
            {w('case.reject')}
          </Button>
        )}
      </div>
    </section>
  );
}
