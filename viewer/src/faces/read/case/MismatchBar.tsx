import type { HeaderPatient } from '../../../imaging/header';
import type { IdentityField } from '../../../imaging/identity';
import type { Images } from '../../../state/images';
import type { Case, PatientDetails } from '../../../wire/types';
import { w } from '../words';

const FIELDS: readonly string[] = ['name', 'birthDate', 'sex', 'id', 'issuer'];

function label(field: string): string {
  return FIELDS.includes(field) ? w(`field.${field as IdentityField}`) : field;
}

function requested(details: PatientDetails, field: IdentityField): string {
  return field === 'name' ? `${details.familyName}, ${details.givenName}` : (details[field] ?? '');
}

const imaged = (patient: HeaderPatient, field: IdentityField) => patient[field];

/** Every field in which the hub or this page found the image to contradict the request. */
export function mismatchedFields(data: Case, images: Images): readonly string[] {
  return [...new Set([...(data.mismatch?.fields ?? []), ...images.contradictions.value])];
}

export function MismatchBar({ data, images }: { readonly data: Case; readonly images: Images }) {
  const fields = mismatchedFields(data, images);
  if (fields.length === 0) return null;
  const patient = images.header.value?.patient;
  return (
    <div class="mismatch" role="alert">
      <p class="mismatch__title">{w('mismatch.title', { fields: fields.map(label).join(', ') })}</p>
      {patient !== undefined &&
        images.contradictions.value.map((field) => (
          <p key={field}>
            {w('mismatch.row', {
              field: label(field),
              image: imaged(patient, field),
              request: requested(data.patientDetails, field),
            })}
          </p>
        ))}
      <p>{w('mismatch.next')}</p>
    </div>
  );
}
