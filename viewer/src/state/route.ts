import { signal } from '@preact/signals';
import type { CaseId } from '../wire/ids';
import type { Specialty, Urgency } from '../wire/types';

/** What the worklist shows. It lives in the address, so it holds nothing about a patient. */
export interface Filter {
  readonly tab: 'all' | 'waiting' | 'mine';
  readonly urgency: Urgency | '';
  readonly specialty: Specialty | '';
  readonly site: string;
}

export interface Route {
  readonly caseId: CaseId | null;
  readonly filter: Filter;
}

export const NO_FILTER: Filter = { tab: 'all', urgency: '', specialty: '', site: '' };

const oneOf = <T extends string>(value: string | null, allowed: readonly T[], fallback: T): T =>
  allowed.find((each) => each === value) ?? fallback;

export function parseRoute(path: string, search: string): Route {
  const match = /^\/read\/case\/([^/]+)\/?$/.exec(path);
  const query = new URLSearchParams(search);
  return {
    caseId: match?.[1] === undefined ? null : (decodeURIComponent(match[1]) as CaseId),
    filter: {
      tab: oneOf(query.get('tab'), ['all', 'waiting', 'mine'], 'all'),
      urgency: oneOf(query.get('urgency'), ['', 'EMERGENCY', 'URGENT', 'ROUTINE'], ''),
      specialty: oneOf(query.get('specialty'), ['', 'RADIOLOGY', 'DERMATOLOGY'], ''),
      site: query.get('site') ?? '',
    },
  };
}

export function formatRoute({ caseId, filter }: Route): string {
  const query = new URLSearchParams();
  if (filter.tab !== 'all') query.set('tab', filter.tab);
  if (filter.urgency !== '') query.set('urgency', filter.urgency);
  if (filter.specialty !== '') query.set('specialty', filter.specialty);
  if (filter.site !== '') query.set('site', filter.site);
  const text = query.toString();
  const path = caseId === null ? '/read' : `/read/case/${encodeURIComponent(caseId)}`;
  return text === '' ? path : `${path}?${text}`;
}

export const route = signal<Route>(parseRoute(location.pathname, location.search));

export function go(change: Partial<Route>): void {
  const next = { ...route.value, ...change };
  const samePlace = next.caseId === route.value.caseId;
  // A changed filter is not a step to go back to; a case is.
  history[samePlace ? 'replaceState' : 'pushState'](null, '', formatRoute(next));
  route.value = next;
}

export function followHistory(end: AbortSignal): void {
  const follow = () => {
    route.value = parseRoute(location.pathname, location.search);
  };
  addEventListener('popstate', follow, { signal: end });
}
