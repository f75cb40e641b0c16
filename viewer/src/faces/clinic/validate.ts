import type { Draft, DraftPhoto, PatientForm, RequestForm } from './drafts';
import { words } from './words';

/** What is missing or wrong, by field; empty when the step is in order. */
export type Errors = Readonly<Record<string, string>>;

export function patientErrors(patient: PatientForm, today: string): Errors {
  const errors: Record<string, string> = {};
  if (patient.familyName.trim() === '' && patient.givenName.trim() === '') {
    errors.familyName = words.t('nameMissing');
  }
  // DICOM separates with them (PS3.5 6.2.1); the hub would refuse the case after it was queued.
  for (const field of ['familyName', 'givenName', 'id'] as const) {
    if (/[\\^=]/.test(patient[field])) errors[field] = words.t('nameSigns');
  }
  if (patient.birthDate > today) errors.birthDate = words.t('birthDateFuture');
  return errors;
}

export function pictureErrors(draft: Draft, photos: readonly DraftPhoto[]): Errors {
  const errors: Record<string, string> = {};
  if (draft.request.expectXray) {
    if (!/^[A-Za-z0-9.-]{1,16}$/.test(draft.request.accessionNumber.trim())) {
      errors.accessionNumber = words.t('accessionWrong');
    }
  } else if (photos.filter((photo) => photo.refused === null).length === 0) {
    errors.photos = words.t('photosMissing');
  }
  return errors;
}

export function requestErrors(request: RequestForm): Errors {
  const errors: Record<string, string> = {};
  if (request.bodyPart === '') errors.bodyPart = words.t('fillIn');
  if (request.question.trim() === '') errors.question = words.t('fillIn');
  if (request.urgency === '') errors.urgency = words.t('urgencyMissing');
  return errors;
}
