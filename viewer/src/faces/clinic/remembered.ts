import type { Person } from '../../wire/types';

/** Who used this phone last, so that their unsent drafts can be shown while there is no link. No patient data. */
const KEY = 'heliograph.clinic.person';

export function rememberPerson(person: Person): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(person));
  } catch {
    // Storage is switched off: the face then needs a link to start.
  }
}

export function rememberedPerson(): Person | null {
  try {
    const text = localStorage.getItem(KEY);
    return text === null ? null : (JSON.parse(text) as Person);
  } catch {
    return null;
  }
}

export function forgetPerson(): void {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // Nothing was kept.
  }
}
