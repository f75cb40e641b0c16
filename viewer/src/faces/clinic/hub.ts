import { answerCase, getCase, putRequest, sendMessage, submitCase } from '../../wire/cases';
import { type Call, csrfHeader, send } from '../../wire/http';
import type { PersonId } from '../../wire/ids';
import type { Case, CaseRequest, PatientDetails } from '../../wire/types';
import { type Draft, emptyRequest, type PatientForm, type RequestForm } from './drafts';
import type { HubPort } from './sender';
import { uploadPhoto } from './upload';

/** The hub over HTTP, as the sender wants it. */
export const hubOverHttp: HubPort = {
  create: openCase,
  read: getCase,
  update: (id, version, draft, call) =>
    putRequest(
      id,
      { version, patient: patientBody(draft.patient), request: requestBody(draft.request) },
      call,
    ),
  submit: submitCase,
  answer: answerCase,
  message: sendMessage,
  upload: uploadPhoto,
};

async function openCase(draft: Draft, call: Call): Promise<Case> {
  const response = await send('/api/cases', {
    method: 'POST',
    headers: {
      accept: 'application/json',
      'content-type': 'application/json',
      // The answer may be lost on the way: asked again with the same key, the hub gives the same case.
      'Idempotency-Key': draft.id,
      ...csrfHeader(),
    },
    body: JSON.stringify({ patient: patientBody(draft.patient), request: requestBody(draft.request) }),
    signal: call.signal,
  });
  return (await response.json()) as Case;
}

export function patientBody(form: PatientForm): Omit<PatientDetails, 'issuer'> {
  return {
    familyName: form.familyName.trim(),
    givenName: form.givenName.trim(),
    id: form.id.trim(),
    birthDate: form.birthDate === '' ? null : form.birthDate,
    sex: form.sex,
  };
}

export function requestBody(form: RequestForm): CaseRequest {
  return {
    specialty: form.specialty,
    urgency: form.urgency === '' ? 'ROUTINE' : form.urgency,
    bodyPart: form.bodyPart,
    laterality: form.laterality === '' ? null : form.laterality,
    question: form.question.trim(),
    history: form.history.trim() === '' ? null : form.history.trim(),
    referrerId: form.referrerId === '' ? null : (form.referrerId as PersonId),
    accessionNumber: form.accessionNumber.trim() === '' ? null : form.accessionNumber.trim(),
    expectXray: form.expectXray,
  };
}

/** The forms for a case that the hub already has: a study that came on its own, or a request to be mended. */
export function formsOf(found: Case): { readonly patient: PatientForm; readonly request: RequestForm } {
  const { patientDetails: patient, request } = found;
  return {
    patient: {
      familyName: patient.familyName ?? '',
      givenName: patient.givenName ?? '',
      id: patient.id ?? '',
      birthDate: patient.birthDate ?? '',
      sex: patient.sex ?? '',
    },
    request:
      request === null
        ? { ...emptyRequest, specialty: found.specialty, urgency: '', bodyPart: found.bodyPart ?? '' }
        : {
            specialty: request.specialty,
            urgency: request.urgency,
            bodyPart: request.bodyPart ?? '',
            laterality: sideOf(request.laterality),
            question: request.question ?? '',
            history: request.history ?? '',
            referrerId: found.referrer?.id ?? '',
            referrerName: found.referrer?.displayName ?? '',
            accessionNumber: request.accessionNumber ?? '',
            expectXray: request.expectXray ?? false,
          },
  };
}

function sideOf(laterality: string | null | undefined): RequestForm['laterality'] {
  switch (laterality?.charAt(0)) {
    case 'R':
      return 'R';
    case 'L':
      return 'L';
    case 'B':
      return 'B';
    default:
      return '';
  }
}
