import { useEffect, useState } from 'preact/hooks';
import { TextArea } from '../../ui/Field';
import type { Case } from '../../wire/types';
import { LocalState } from './LocalState';
import { PhotoSet } from './PhotoSet';
import type { Clinic, LocalCase } from './state';
import { useDraft } from './use-draft';
import { words } from './words';

/** The answer to the reader's request, with new pictures; it goes by the same queue as a new case. */
export function AnswerForm({ clinic, found }: { readonly clinic: Clinic; readonly found: Case }) {
  const local = clinic.local.value.find(
    (each) => each.draft.kind === 'answer' && each.draft.caseId === found.id,
  );
  useEffect(() => {
    if (local === undefined) void clinic.startAnswer(found);
  }, [local === undefined]);
  const asked = found.messages.findLast((message) => message.kind === 'INFO_REQUESTED');
  return (
    <section class="sheet sheet--attention" aria-labelledby="answer">
      <h2 id="answer">{words.t('answerTitle')}</h2>
      {asked !== undefined && (
        <div>
          <p class="text" dir="auto">
            {asked.text}
          </p>
        </div>
      )}
      {local !== undefined &&
        (local.draft.stage === 'queued' ? (
          <div class="stack stack--tight">
            <p>{words.t('answerQueued')}</p>
            <LocalState clinic={clinic} local={local} />
          </div>
        ) : (
          <Fields key={local.draft.id} clinic={clinic} local={local} />
        ))}
    </section>
  );
}

function Fields({ clinic, local }: { readonly clinic: Clinic; readonly local: LocalCase }) {
  const { draft, change, flush } = useDraft(clinic, local.draft);
  const [error, setError] = useState<string | undefined>(undefined);
  const send = async () => {
    if (draft.answer.trim() === '') {
      setError(words.t('answerNeedsText'));
      return;
    }
    await flush();
    await clinic.queue({ ...draft, answer: draft.answer.trim() });
  };
  return (
    <form
      class="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {local.draft.stage === 'attention' && <LocalState clinic={clinic} local={local} />}
      <TextArea
        label={words.t('answerLabel')}
        required
        rows={3}
        maxLength={4000}
        dir="auto"
        error={error}
        value={draft.answer}
        onInput={(event) => change({ answer: event.currentTarget.value })}
      />
      <details>
        <summary>{words.t('answerPictures')}</summary>
        <div class="stack inset">
          <PhotoSet
            clinic={clinic}
            draftId={draft.id}
            photos={local.photos}
            views={draft.request.specialty === 'DERMATOLOGY' ? 'guided' : 'free'}
          />
        </div>
      </details>
      <button type="submit" class="button button--primary button--big">
        {words.t('answerSend')}
      </button>
    </form>
  );
}
