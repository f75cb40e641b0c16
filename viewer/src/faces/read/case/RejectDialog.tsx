import { useSignal } from '@preact/signals';
import type { OpenCase } from '../../../state/openCase';
import { Button } from '../../../ui/Button';
import { Dialog } from '../../../ui/Dialog';
import { SelectField, TextArea } from '../../../ui/Field';
import { ProblemNote } from '../../../ui/ProblemNote';
import { say } from '../../../ui/Toasts';
import { rejectCase } from '../../../wire/cases';
import type { RejectCode } from '../../../wire/types';
import { w } from '../words';

interface Props {
  readonly open: OpenCase;
  readonly onClose: () => void;
}

const CODES: readonly RejectCode[] = ['NOT_READABLE', 'WRONG_PATIENT', 'OUT_OF_SCOPE', 'DUPLICATE', 'OTHER'];

export function RejectDialog({ open, onClose }: Props) {
  const mismatched = open.data.value?.mismatch != null;
  const code = useSignal<RejectCode>(mismatched ? 'WRONG_PATIENT' : 'NOT_READABLE');
  const text = useSignal('');
  const failure = useSignal<unknown>(null);

  const submit = async (event: Event) => {
    event.preventDefault();
    const body = { code: code.value, text: text.value.trim() };
    const sent = await open.act(
      (data) => rejectCase(data.id, { version: data.version, ...body }, open),
      (problem) => {
        failure.value = problem;
      },
    );
    if (!sent) return;
    say(w('case.rejected'), 'good');
    onClose();
  };

  return (
    <Dialog title={w('reject.title')} onClose={onClose}>
      <form class="form" onSubmit={(event) => void submit(event)}>
        <SelectField
          label={w('reject.code')}
          value={code.value}
          options={CODES.map((each) => [each, w(`reject.${each}`)] as const)}
          onChange={(event) => {
            code.value = event.currentTarget.value as RejectCode;
          }}
        />
        <TextArea
          label={w('reject.text')}
          rows={4}
          required
          maxLength={2000}
          value={text.value}
          onInput={(event) => {
            text.value = event.currentTarget.value;
          }}
        />
        {failure.value !== null && <ProblemNote failure={failure.value} />}
        <div class="dialog__actions">
          <Button kind="danger" type="submit" disabled={open.busy.value}>
            {w('reject.send')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
