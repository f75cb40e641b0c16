import { useState } from 'preact/hooks';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { TextArea } from '../../ui/Field';
import { ProblemNote } from '../../ui/ProblemNote';
import { cancelCase, getCase, submitCase } from '../../wire/cases';
import { Problem } from '../../wire/http';
import type { CaseId } from '../../wire/ids';
import { acknowledge, inbox } from '../../wire/reports';
import type { Case } from '../../wire/types';
import type { Clinic } from './state';
import { words } from './words';

export function CaseActions({ clinic, found }: { readonly clinic: Clinic; readonly found: Case }) {
  const [cancelling, setCancelling] = useState(false);
  const [reason, setReason] = useState('');
  const [error, setError] = useState<string | undefined>(undefined);
  const [failure, setFailure] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  // While this phone still sends the case, the queue hands it over by itself.
  const sending = clinic.local.value.some((each) => each.draft.caseId === found.id);

  const run = async (act: (call: { signal: AbortSignal }) => Promise<Case>) => {
    setBusy(true);
    setFailure(null);
    try {
      await clinic.change(found.id, act);
      setCancelling(false);
    } catch (problem) {
      setFailure(problem);
    } finally {
      setBusy(false);
    }
  };
  const cancel = () => {
    if (reason.trim() === '') {
      setError(words.t('fillIn'));
      return;
    }
    void run((call) => cancelCase(found.id, found.version, reason.trim(), call));
  };
  const maySubmit = found.actions.includes('submit') && !sending;
  const mayCancel = found.actions.includes('cancel');
  const mayAcknowledge = found.actions.includes('acknowledge');
  if (!maySubmit && !mayCancel && !mayAcknowledge) return null;
  return (
    <div class="stack stack--tight">
      {failure !== null && !cancelling && <ProblemNote failure={failure} />}
      {maySubmit && (
        <button
          type="button"
          class="button button--primary button--big"
          disabled={busy}
          onClick={() => void run((call) => submitCase(found.id, found.version, call))}
        >
          {words.t('submit')}
        </button>
      )}
      {mayAcknowledge && (
        <div class="stack stack--tight">
          <button
            type="button"
            class="button button--primary button--big"
            disabled={busy}
            onClick={() => void run((call) => acknowledgeDelivery(found.id, call))}
          >
            {words.t('acknowledge')}
          </button>
          <p class="soft">{words.t('acknowledgeHint')}</p>
        </div>
      )}
      {mayCancel && (
        <Button kind="danger" onClick={() => setCancelling(true)}>
          {words.t('cancelCase')}
        </Button>
      )}
      {cancelling && (
        <Dialog title={words.t('cancelCase')} onClose={() => setCancelling(false)}>
          <TextArea
            label={words.t('cancelReason')}
            required
            rows={2}
            maxLength={1000}
            dir="auto"
            error={error}
            value={reason}
            onInput={(event) => setReason(event.currentTarget.value)}
          />
          {failure !== null && <ProblemNote failure={failure} />}
          <div class="dialog__actions">
            <Button onClick={() => setCancelling(false)}>{words.t('keep')}</Button>
            <Button kind="danger" disabled={busy} onClick={cancel}>
              {words.t('cancelYes')}
            </Button>
          </div>
        </Dialog>
      )}
    </div>
  );
}

/** A report without a referring physician goes to the clinic's own inbox; it is acknowledged there. */
async function acknowledgeDelivery(id: CaseId, call: { signal: AbortSignal }): Promise<Case> {
  let cursor: string | null = null;
  do {
    const page = await inbox(cursor, call);
    const delivery = page.items.find((item) => item.caseId === id);
    if (delivery !== undefined) {
      await acknowledge(delivery.deliveryId, '', call);
      return getCase(id, call);
    }
    cursor = page.next;
  } while (cursor !== null);
  throw new Problem({ status: 404, title: words.t('acknowledgeLater'), next: words.t('tryAgain') });
}
