import { type Call, getJson, Problem, sendForMaybe, sendJson } from './http';
import type { Person } from './types';

/** Who is signed in, or `null`. Also makes the hub set the anti-forgery cookie. */
export async function currentPerson(call: Call): Promise<Person | null> {
  try {
    return (await getJson<{ person: Person }>('/api/session', call)).person;
  } catch (failure) {
    if (failure instanceof Problem && failure.status === 401) return null;
    throw failure;
  }
}

export async function signIn(login: string, password: string, call: Call): Promise<Person> {
  const answer = await sendJson<{ person: Person }>('POST', '/api/session', { login, password }, call);
  return answer.person;
}

export async function signOut(call: Call): Promise<void> {
  await sendForMaybe('DELETE', '/api/session', undefined, call);
}

export interface FirstAdministrator {
  readonly token: string;
  readonly login: string;
  readonly displayName: string;
  readonly password: string;
}

export async function setUp(first: FirstAdministrator, call: Call): Promise<void> {
  await sendForMaybe('POST', '/api/setup', first, call);
}

/** The page that each role works on. */
export function homeOf(person: Person): string {
  switch (person.role) {
    case 'CLINIC':
      return '/clinic';
    case 'READER':
      return '/read';
    case 'REFERRER':
      return '/inbox';
    case 'COORDINATOR':
    case 'ADMINISTRATOR':
      return '/desk';
  }
}

/** Leaves for the login page and comes back to this one afterwards; only paths of this origin are kept. */
export function goToLogin(): void {
  const here = `${location.pathname}${location.search}`;
  location.assign(`/login?next=${encodeURIComponent(here)}`);
}
