import type { Room } from '../../state/room';
import { AskDialog } from './case/AskDialog';
import { RejectDialog } from './case/RejectDialog';
import { KeysDialog } from './KeysDialog';
import { AddendumDialog } from './report/AddendumDialog';
import { PreviewDialog } from './report/PreviewDialog';
import { SignDialog } from './report/SignDialog';

/** The one dialog that is on top of the room, if any. */
export function Dialogs({ room }: { readonly room: Room }) {
  const kind = room.dialog.value;
  const open = room.open.value;
  const close = () => {
    room.dialog.value = null;
  };
  if (kind === null) return null;
  if (kind === 'keys') return <KeysDialog onClose={close} />;
  if (open === null || open.data.value === null) return null;
  switch (kind) {
    case 'ask':
      return <AskDialog open={open} onClose={close} />;
    case 'reject':
      return <RejectDialog open={open} onClose={close} />;
    case 'preview':
      return <PreviewDialog open={open} onClose={close} />;
    case 'sign':
      return <SignDialog open={open} onClose={close} />;
    case 'addendum':
      return <AddendumDialog open={open} onClose={close} />;
  }
}
