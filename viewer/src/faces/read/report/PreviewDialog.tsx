import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { OpenCase } from '../../../state/openCase';
import { Dialog } from '../../../ui/Dialog';
import { previewPdfPath } from '../../../wire/reports';
import { w } from '../words';
import { DraftStatus } from './DraftStatus';
import { PdfFrame } from './PdfFrame';

/** The exact PDF of what is written: saved first, then rendered by the hub. */
export function PreviewDialog({ open, onClose }: { readonly open: OpenCase; readonly onClose: () => void }) {
  const ready = useSignal(false);
  const draft = open.draft.value;

  useEffect(() => {
    void draft?.save().then((saved) => {
      ready.value = saved;
    });
  }, [draft, ready]);

  return (
    <Dialog title={w('preview.title')} wide onClose={onClose}>
      {ready.value ? (
        <PdfFrame path={previewPdfPath(open.id)} title={w('preview.title')} />
      ) : (
        draft !== null && <DraftStatus draft={draft} />
      )}
    </Dialog>
  );
}
