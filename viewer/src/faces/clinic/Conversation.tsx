import { useState } from 'preact/hooks';
import { TextArea } from '../../ui/Field';
import { ProblemNote } from '../../ui/ProblemNote';
import { sendMessage } from '../../wire/cases';
import { type Case, nameOf } from '../../wire/types';
import { timeText } from '../shared/format';
import { Name } from '../shared/parts';
import type { Clinic } from './state';
import { words } from './words';

const CLOSED: ReadonlySet<string> = new Set(['REJECTED', 'CANCELLED', 'DRAFT']);

export function Conversation({ clinic, found }: { readonly clinic: Clinic; readonly found: Case }) {
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const own = clinic.person.value?.displayName;

  const send = async () => {
    if (text.trim() === '') return;
    setBusy(true);
    setFailure(null);
    try {
      await clinic.change(found.id, (call) => sendMessage(found.id, text.trim(), call));
      setText('');
    } catch (problem) {
      setFailure(problem);
    } finally {
      setBusy(false);
    }
  };
  return (
    <section class="sheet" aria-labelledby="conversation">
      <h2 id="conversation">{words.t('conversation')}</h2>
      {found.messages.length === 0 && <p class="soft">{words.t('noMessages')}</p>}
      <ol class="talk">
        {found.messages.map((message) => {
          const by = nameOf(message.by);
          const kind = words.of('message', message.kind);
          return (
            <li
              key={`${message.at}${message.text ?? ''}`}
              class={by === own ? 'talk__line talk__line--own' : 'talk__line'}
            >
              <p class="soft">
                <Name>{by}</Name> · {timeText(message.at)}
              </p>
              {kind !== message.kind && <p class="strong">{kind}</p>}
              <p class="text" dir="auto">
                {message.text}
              </p>
            </li>
          );
        })}
      </ol>
      {!CLOSED.has(found.state) && !found.actions.includes('answer') && (
        <form
          class="stack stack--tight"
          onSubmit={(event) => {
            event.preventDefault();
            void send();
          }}
        >
          <TextArea
            label={words.t('messageLabel')}
            rows={2}
            maxLength={4000}
            dir="auto"
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
          {failure !== null && <ProblemNote failure={failure} />}
          <button type="submit" class="button" disabled={busy}>
            {words.t('sendMessage')}
          </button>
        </form>
      )}
    </section>
  );
}
