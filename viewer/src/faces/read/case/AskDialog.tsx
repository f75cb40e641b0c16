import { useSignal } from '@preact/signals';
import type { OpenCase } from '../../../state/openCase';
import { Button } from '../../../ui/Button';
import { Dialog } from '../../../ui/Dialog';
import { SelectField, TextArea } from '../../../ui/Field';
import { ProblemNote } from '../../../ui/ProblemNote';
import { say } from '../../../ui/Toasts';
import { askForMore } from '../../../wire/cases';
import type { NeedsInfoKind } from '../../../wire/types';
import { w } from '../words';

interface Props {
  readonly open: OpenCase;
  readonly onClose: () => void;
}

const KINDS: readonly NeedsInfoKind[] = ['RETAKE', 'MORE_VIEWS', 'QUESTION'];

export function AskDialog({ open, onClose }: Props) {
  const kind = useSignal<NeedsInfoKind>('RETAKE');
  const text = useSignal('');
  const failure = useSignal<unknown>(null);

  const submit = async (event: Event) => {
    event.preventDefault();
    const body = { kind: kind.value, text: text.value.trim() };
    await open.draft.value?.save();
    const sent = await open.act(
      (data) => askForMore(data.id, { version: data.version, ...body }, open),
      (problem) => {
        failure.value = problem;
      },
    );
    if (!sent) return;
    say(w('case.asked'), 'good');
    onClose();
  };

  return (
    <Dialog title={w('ask.title')} onClose={onClose}>
      <form class="form" onSubmit={(event) => void submit(event)}>
        <SelectField
          label={w('ask.kind')}
          value={kind.value}
          options={KINDS.map((each) => [each, w(`ask.${each}`)] as const)}
          onChange={(event) => {
            kind.value = event.currentTarget.value as NeedsInfoKind;
          }}
        />
        <TextArea
          label={w('ask.text')}
          hint={w('ask.hint')}
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
          <Button kind="primary" type="submit" disabled={open.busy.value}>
            {w('ask.send')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
