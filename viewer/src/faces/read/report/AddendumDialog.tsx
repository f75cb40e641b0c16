import { useSignal } from '@preact/signals';
import type { OpenCase } from '../../../state/openCase';
import { Button } from '../../../ui/Button';
import { Dialog } from '../../../ui/Dialog';
import { TextArea, TextField } from '../../../ui/Field';
import { ProblemNote } from '../../../ui/ProblemNote';
import { say } from '../../../ui/Toasts';
import { isAbort } from '../../../wire/http';
import { addAddendum } from '../../../wire/reports';
import { w } from '../words';

export function AddendumDialog({ open, onClose }: { readonly open: OpenCase; readonly onClose: () => void }) {
  const text = useSignal('');
  const password = useSignal('');
  const busy = useSignal(false);
  const failure = useSignal<unknown>(null);

  const sign = async () => {
    busy.value = true;
    failure.value = null;
    try {
      const report = await addAddendum(open.id, text.value.trim(), password.value, open);
      open.draft.value?.settled(report);
      say(w('addendum.done'), 'good');
      void open.load();
      onClose();
    } catch (problem) {
      if (!isAbort(problem)) failure.value = problem;
    } finally {
      password.value = '';
      busy.value = false;
    }
  };

  return (
    <Dialog title={w('addendum.title')} onClose={onClose}>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          void sign();
        }}
      >
        <TextArea
          label={w('addendum.text')}
          name="addendum"
          rows={5}
          required
          maxLength={20000}
          dir="auto"
          value={text.value}
          onInput={(event) => {
            text.value = event.currentTarget.value;
          }}
        />
        <TextField
          label={w('sign.password')}
          type="password"
          name="password"
          autocomplete="current-password"
          required
          value={password.value}
          onInput={(event) => {
            password.value = event.currentTarget.value;
          }}
        />
        {failure.value !== null && <ProblemNote failure={failure.value} />}
        <div class="dialog__actions">
          <Button kind="primary" type="submit" disabled={busy.value}>
            {w('addendum.confirm')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
