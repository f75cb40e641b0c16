import { useEffect, useState } from 'preact/hooks';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { TextArea } from '../../ui/Field';
import { ProblemNote } from '../../ui/ProblemNote';
import { say } from '../../ui/Toasts';
import { getCase, releaseParcels } from '../../wire/cases';
import { isAbort } from '../../wire/http';
import type { CaseId } from '../../wire/ids';
import type { Case } from '../../wire/types';
import { shareText } from '../shared/format';
import { Name } from '../shared/parts';

interface Props {
  readonly id: CaseId;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Gives up waiting for pictures that a gateway announced: the case as it stands now, and a reason that is kept. */
export function ReleaseDialog({ id, onDone, onClose }: Props) {
  const [found, setFound] = useState<Case | null>(null);
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);

  useEffect(() => {
    const end = new AbortController();
    getCase(id, end).then(setFound, (problem: unknown) => {
      if (!isAbort(problem)) setFailure(problem);
    });
    return () => end.abort();
  }, [id]);

  const release = async (data: Case) => {
    const call = { signal: new AbortController().signal };
    setBusy(true);
    setFailure(null);
    try {
      await releaseParcels(id, data.version, reason.trim(), call);
      say(`Case ${data.number} is released.`, 'good');
      onDone();
      onClose();
    } catch (problem) {
      setFailure(problem);
      // It may have changed meanwhile: the next try is made on how it stands now.
      await getCase(id, call).then(setFound, () => undefined);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Dialog title="Release without the missing pictures" onClose={onClose}>
      {found === null && failure === null && <p role="status">Loading…</p>}
      {found !== null && <Standing found={found} />}
      {failure !== null && <ProblemNote failure={failure} />}
      {found?.actions.includes('release-parcels') === true && (
        <form
          class="stack"
          onSubmit={(event) => {
            event.preventDefault();
            if (reason.trim() !== '') void release(found);
          }}
        >
          <TextArea
            label="Reason"
            hint="Kept in the history of the case. Nothing about the patient."
            rows={3}
            maxLength={1000}
            required
            value={reason}
            onInput={(event) => setReason(event.currentTarget.value)}
          />
          <div class="dialog__actions">
            <Button onClick={onClose}>Keep waiting</Button>
            <Button kind="danger" type="submit" disabled={busy || reason.trim() === ''}>
              Release the case
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}

function Standing({ found }: { readonly found: Case }) {
  const { underWay } = found;
  if (underWay == null) return <p>Nothing is under way for case {found.number} any more.</p>;
  const { percent, part, whole } = shareText(underWay.receivedBytes, underWay.totalBytes);
  return (
    <>
      <p>
        Case {found.number}, <Name>{found.site.name}</Name>: {underWay.storedInstances} of{' '}
        {underWay.totalInstances} announced pictures are whole, {percent} of the bytes ({part} of {whole}) are
        here.
      </p>
      <p>
        After the release the reader can sign a final report on what is here. What still comes later is filed
        as usual.
      </p>
    </>
  );
}
