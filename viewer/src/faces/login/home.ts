import { homeOf } from '../../wire/session';
import type { Person } from '../../wire/types';

/**
 * Where a person goes after signing in: back to where they were if that is a page of their own face, else to the
 * face of their role. Anything else in `next` (another origin, another face) is not followed.
 */
export function destination(person: Person, search: string, hash: string): string {
  const home = homeOf(person);
  const next = new URLSearchParams(search).get('next') ?? '';
  const own = next === home || next.startsWith(`${home}/`) || next.startsWith(`${home}?`);
  if (!own || next.includes('\\') || next.includes('//')) return home;
  return /^#\/[\w/-]*$/.test(hash) ? next + hash : next;
}
