import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../../ui/Button';
import { ProblemNote } from '../../ui/ProblemNote';
import type { Draft } from './drafts';
import { LocalState } from './LocalState';
import { PatientFields } from './PatientFields';
import { PicturesStep } from './PicturesStep';
import { RequestFields } from './RequestFields';
import { addressOf, go, STEPS, type Step } from './route';
import type { Clinic, LocalCase } from './state';
import { useDraft } from './use-draft';
import { type Errors, patientErrors, pictureErrors, requestErrors } from './validate';
import { words } from './words';

interface Props {
  readonly clinic: Clinic;
  readonly id: string;
  readonly step: Step;
}

/** A new case in three steps: patient, pictures, question. */
export function DraftPage({ clinic, id, step }: Props) {
  const local = clinic.local.value.find((each) => each.draft.id === id);
  useEffect(() => {
    // Sent meanwhile, deleted in another window, or somebody else's: the list says how things stand.
    if (local === undefined) go({ page: 'list' });
  }, [local === undefined]);
  if (local === undefined) return null;
  if (local.draft.stage === 'queued') {
    return (
      <section class="sheet">
        <LocalState clinic={clinic} local={local} />
        <a class="link" href={addressOf({ page: 'list' })}>
          {words.t('allCases')}
        </a>
      </section>
    );
  }
  return <Steps clinic={clinic} local={local} step={step} />;
}

function Steps({ clinic, local, step }: { clinic: Clinic; local: LocalCase; step: Step }) {
  const { draft, change, flush } = useDraft(clinic, local.draft);
  const [errors, setErrors] = useState<Errors>({});
  const [failure, setFailure] = useState<unknown>(null);
  const form = useRef<HTMLFormElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const number = STEPS.indexOf(step) + 1;

  useEffect(() => {
    setErrors({});
    heading.current?.focus();
  }, [step]);

  const errorsOf = (which: Step): Errors =>
    which === 'patient'
      ? patientErrors(draft.patient, new Date().toISOString().slice(0, 10))
      : which === 'pictures'
        ? pictureErrors(draft, local.photos)
        : requestErrors(draft.request);

  const forward = async () => {
    const found = errorsOf(step);
    setErrors(found);
    if (Object.keys(found).length > 0) {
      // After the messages are drawn, the first wrong field takes the focus.
      setTimeout(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
      return;
    }
    try {
      await flush();
      const following = STEPS[number];
      if (following !== undefined) return go({ page: 'draft', id: draft.id, step: following });
      const incomplete = STEPS.find((each) => Object.keys(errorsOf(each)).length > 0);
      if (incomplete !== undefined) return go({ page: 'draft', id: draft.id, step: incomplete });
      await clinic.queue(draft);
      go({ page: 'list' });
    } catch (problem) {
      setFailure(problem);
    }
  };
  const previous = STEPS[number - 2];

  return (
    <>
      <div>
        <p class="soft">{words.t('step', { number })}</p>
        <ol class="steps" aria-hidden="true">
          {STEPS.map((each, i) => (
            <li key={each} class={i < number ? 'steps__done' : ''} />
          ))}
        </ol>
        <h1 tabIndex={-1} ref={heading} class="plain-focus">
          {words.t(`step.${step}`)}
        </h1>
      </div>
      <form
        ref={form}
        class="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void forward();
        }}
      >
        {draft.problem !== null && draft.stage === 'attention' && <Attention draft={draft} />}
        {step === 'patient' && (
          <PatientFields
            patient={draft.patient}
            errors={errors}
            onChange={(patch) => change({ patient: { ...draft.patient, ...patch } })}
          />
        )}
        {step === 'pictures' && (
          <PicturesStep
            clinic={clinic}
            local={{ draft, photos: local.photos }}
            errors={errors}
            onChange={(patch) => change({ request: { ...draft.request, ...patch } })}
          />
        )}
        {step === 'request' && (
          <RequestFields
            request={draft.request}
            errors={errors}
            onChange={(patch) => change({ request: { ...draft.request, ...patch } })}
          />
        )}
        {failure !== null && <ProblemNote failure={failure} />}
        <div class="stack stack--tight">
          <button type="submit" class="button button--primary button--big">
            {words.t(step === 'request' ? 'send' : 'next')}
          </button>
          {step === 'request' && <p class="soft">{words.t('sendHint')}</p>}
          <div class="row row--apart">
            {previous === undefined ? (
              <a class="link" href={addressOf({ page: 'list' })}>
                {words.t('allCases')}
              </a>
            ) : (
              <Button onClick={() => go({ page: 'draft', id: draft.id, step: previous })}>
                {words.t('back')}
              </Button>
            )}
            <p class="soft" role="status">
              {words.t('saved')}
            </p>
          </div>
        </div>
      </form>
    </>
  );
}

function Attention({ draft }: { readonly draft: Draft }) {
  return (
    <div class="note note--warning" role="alert">
      <p class="strong">{draft.problem?.title}</p>
      <p>{draft.problem?.next}</p>
      <p class="soft">{words.t('code', { code: draft.problem?.code ?? '' })}</p>
    </div>
  );
}
