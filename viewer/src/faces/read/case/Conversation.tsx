import { useSignal } from '@preact/signals';
import { timeText } from '../../../i18n/dates';
import type { OpenCase } from '../../../state/openCase';
import { Button } from '../../../ui/Button';
import { TextArea } from '../../../ui/Field';
import { say, sayProblem } from '../../../ui/Toasts';
import { sendMessage } from '../../../wire/cases';
import { type Case, nameOf } from '../../../wire/types';
import { w } from '../words';

export function Conversation({ open, data }: { readonly open: OpenCase; readonly data: Case }) {
  const text = useSignal('');

  const submit = async (event: Event) => {
    event.preventDefault();
    const message = text.value.trim();
    if (message === '') return;
    if (await open.act((each) => sendMessage(each.id, message, open), sayProblem)) {
      text.value = '';
      say(w('case.sent'), 'good');
    }
  };

  return (
    <section class="panel" aria-label={w('case.conversation')}>
      <h3>{w('case.conversation')}</h3>
      {data.messages.length === 0 && <p class="soft">{w('case.noMessages')}</p>}
      <ol class="talk">
        {data.messages.map((message) => (
          <li key={`${message.at} ${message.text}`} class="talk__one">
            <p class="soft">
              <bdi>{nameOf(message.by)}</bdi> · <time dateTime={message.at}>{timeText(message.at)}</time>
            </p>
            <p class="talk__text" dir="auto">
              {message.text}
            </p>
          </li>
        ))}
      </ol>
      <form class="form" onSubmit={(event) => void submit(event)}>
        <TextArea
          label={w('case.message')}
          name="message"
          rows={2}
          maxLength={2000}
          value={text.value}
          onInput={(event) => {
            text.value = event.currentTarget.value;
          }}
        />
        <div class="dialog__actions">
          <Button type="submit" disabled={open.busy.value || text.value.trim() === ''}>
            {w('case.send')}
          </Button>
        </div>
      </form>
    </section>
  );
}
