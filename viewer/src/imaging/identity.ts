import type { PatientDetails } from '../wire/types';
import type { HeaderPatient } from './header';

export type IdentityField = 'name' | 'birthDate' | 'sex' | 'id' | 'issuer';

/** Letters only, without accents and order, so that `Muñoz^José` and `JOSE MUNOZ` are the same person's name. */
function letters(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLocaleLowerCase('en')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .sort()
    .join(' ');
}

const digits = (date: string | null) => (date ?? '').replaceAll('-', '');

function differ(left: string, right: string): boolean {
  return left !== '' && right !== '' && left !== right;
}

/** Where an image's own header contradicts the request. What one side does not say is no contradiction. */
export function contradictions(image: HeaderPatient, request: PatientDetails): readonly IdentityField[] {
  const found: IdentityField[] = [];
  // A name may also be given in another script in brackets; either form may match.
  const names = image.name.split(/[()]/).map(letters);
  const asked = letters(`${request.familyName} ${request.givenName}`);
  if (asked !== '' && image.name !== '' && !names.includes(asked)) found.push('name');
  if (differ(digits(image.birthDate), digits(request.birthDate))) found.push('birthDate');
  if (differ(image.sex, request.sex)) found.push('sex');
  if (differ(image.id, request.id)) found.push('id');
  if (differ(image.issuer, request.issuer ?? '')) found.push('issuer');
  return found;
}
