import { useState } from 'preact/hooks';
import { Button } from '../../ui/Button';
import { ProblemNote } from '../../ui/ProblemNote';
import { putRequest } from '../../wire/cases';
import type { Case } from '../../wire/types';
import { Name } from '../shared/parts';
import { formsOf, patientBody, requestBody } from './hub';
import { PatientFields } from './PatientFields';
import { RequestFields } from './RequestFields';
import type { Clinic } from './state';
import { type Errors, patientErrors, requestErrors } from './validate';
import { words } from './words';

/** What the clinic asked; a study that came without a question gets one here. */
export function RequestPart({ clinic, found }: { readonly clinic: Clinic; readonly found: Case }) {
  const [editing, setEditing] = useState(false);
  const { request } = found;
  const editable = found.actions.includes('edit');
  if (editing) return <Editor clinic={clinic} found={found} onClose={() => setEditing(false)} />;
  return (
    <section class={request === null ? 'sheet sheet--attention' : 'sheet'} aria-labelledby="request">
      <h2 id="request">{words.t('requestTitle')}</h2>
      {request === null ? (
        <div>
          <p class="strong">{words.t('noRequest')}</p>
          {editable && <p>{words.t('noRequestNext')}</p>}
        </div>
      ) : (
        <dl class="facts">
          <dt>{words.t('bodyPart')}</dt>
          <dd>
            {words.of('body', request.bodyPart ?? '')}
            {request.laterality !== null &&
              request.laterality !== undefined &&
              request.laterality !== '' &&
              `, ${words.of('side', request.laterality.charAt(0)).toLocaleLowerCase()}`}
          </dd>
          <dt>{words.t('factQuestion')}</dt>
          <dd dir="auto">{request.question}</dd>
          {request.history !== null && request.history !== undefined && request.history !== '' && (
            <>
              <dt>{words.t('history')}</dt>
              <dd dir="auto">{request.history}</dd>
            </>
          )}
          {found.referrer !== null && (
            <>
              <dt>{words.t('referrer')}</dt>
              <dd>
                <Name>{found.referrer.displayName}</Name>
              </dd>
            </>
          )}
          {request.accessionNumber !== null &&
            request.accessionNumber !== undefined &&
            request.accessionNumber !== '' && (
              <>
                <dt>{words.t('accession')}</dt>
                <dd>{request.accessionNumber}</dd>
              </>
            )}
        </dl>
      )}
      {editable && (
        <Button kind={request === null ? 'primary' : 'plain'} onClick={() => setEditing(true)}>
          {words.t(request === null ? 'addRequest' : 'editRequest')}
        </Button>
      )}
    </section>
  );
}

function Editor({ clinic, found, onClose }: { clinic: Clinic; found: Case; onClose: () => void }) {
  const [forms, setForms] = useState(() => formsOf(found));
  const [errors, setErrors] = useState<Errors>({});
  const [failure, setFailure] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);

  const save = async () => {
    const wrong = {
      ...patientErrors(forms.patient, new Date().toISOString().slice(0, 10)),
      ...requestErrors(forms.request),
    };
    setErrors(wrong);
    if (Object.keys(wrong).length > 0) return;
    setBusy(true);
    setFailure(null);
    const body = {
      version: found.version,
      patient: patientBody(forms.patient),
      request: requestBody(forms.request),
    };
    try {
      await clinic.change(found.id, (call) => putRequest(found.id, body, call));
      onClose();
    } catch (problem) {
      setFailure(problem);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      class="sheet"
      noValidate
      aria-label={words.t('requestTitle')}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <h2>{words.t(found.request === null ? 'addRequest' : 'editRequest')}</h2>
      <PatientFields
        patient={forms.patient}
        errors={errors}
        onChange={(patch) => setForms({ ...forms, patient: { ...forms.patient, ...patch } })}
      />
      <RequestFields
        request={forms.request}
        errors={errors}
        onChange={(patch) => setForms({ ...forms, request: { ...forms.request, ...patch } })}
      />
      {failure !== null && <ProblemNote failure={failure} />}
      <div class="row row--end">
        <Button onClick={onClose}>{words.t('back')}</Button>
        <Button kind="primary" type="submit" disabled={busy}>
          {words.t('saveRequest')}
        </Button>
      </div>
    </form>
  );
}
