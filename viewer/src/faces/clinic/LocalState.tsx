import { Button } from '../../ui/Button';
import type { SendProblem } from './drafts';
import type { Clinic, LocalCase } from './state';
import { sendingText } from './state-text';
import { TrackerView } from './TrackerView';
import { trackerOfDraft } from './tracker';
import { words } from './words';

/** How far a case on this phone has got, with numbers: bytes, percent, minutes. */
export function LocalState({ clinic, local }: { readonly clinic: Clinic; readonly local: LocalCase }) {
  const { draft, photos } = local;
  if (draft.stage === 'editing') {
    return (
      <p class="soft">
        {words.t('draft.editing')} · {words.plural('pictures', photos.length)}
      </p>
    );
  }
  if (draft.stage === 'attention') {
    return (
      <div class="stack stack--tight">
        <p class="strong">{words.t('draft.attention')}</p>
        {draft.problem !== null && <Trouble problem={draft.problem} />}
      </div>
    );
  }
  const outbox = clinic.outbox.value;
  const state = outbox?.state.value;
  if (state?.kind === 'sending' && state.sending.draftId === draft.id) {
    const { sentBytes, totalBytes, secondsLeft } = state.sending;
    const text =
      totalBytes === 0
        ? words.t('draft.open')
        : sendingText({ receivedBytes: sentBytes, totalBytes }, secondsLeft);
    return (
      <div class="stack stack--tight">
        <TrackerView stops={trackerOfDraft(true)} texts={{ SENDING: text }} />
        <progress class="meter" max={Math.max(1, totalBytes)} value={sentBytes} aria-label={text} />
      </div>
    );
  }
  return (
    <div class="stack stack--tight">
      <TrackerView
        stops={trackerOfDraft(false)}
        texts={{ SAVED: words.t(state?.kind === 'waiting' ? 'draft.waiting' : 'draft.queued') }}
      />
      {state?.kind === 'waiting' && state.problem.code !== 'OFFLINE' && <Trouble problem={state.problem} />}
      <div class="row">
        <Button onClick={() => outbox?.kick()}>{words.t('sendNow')}</Button>
      </div>
    </div>
  );
}

export function Trouble({ problem }: { readonly problem: SendProblem }) {
  return (
    <div class="soft">
      <p>{problem.title}</p>
      {problem.next !== '' && <p>{problem.next}</p>}
      {problem.code !== '' && <p>{words.t('code', { code: problem.code })}</p>}
    </div>
  );
}
