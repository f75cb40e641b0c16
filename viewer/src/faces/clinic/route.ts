import { signal } from '@preact/signals';
import type { CaseId } from '../../wire/ids';

/** Steps of a new case. */
export const STEPS = ['patient', 'pictures', 'request'] as const;
export type Step = (typeof STEPS)[number];

export type Route =
  | { readonly page: 'list' }
  | { readonly page: 'draft'; readonly id: string; readonly step: Step }
  | { readonly page: 'case'; readonly id: CaseId };

/** Only ids of our own appear in addresses, behind the `#`: they never reach a server log. */
export function parseRoute(hash: string): Route {
  const [, page, id, step] = /^#\/(\w+)\/([\w-]+)(?:\/(\w+))?$/.exec(hash) ?? [];
  if (page === 'draft' && id !== undefined) {
    return { page, id, step: STEPS.find((each) => each === step) ?? 'patient' };
  }
  if (page === 'case' && id !== undefined) return { page, id: id as CaseId };
  return { page: 'list' };
}

export function addressOf(route: Route): string {
  switch (route.page) {
    case 'list':
      return '#/';
    case 'draft':
      return `#/draft/${route.id}/${route.step}`;
    case 'case':
      return `#/case/${route.id}`;
  }
}

export const route = signal<Route>(parseRoute(location.hash));

window.addEventListener('hashchange', () => {
  route.value = parseRoute(location.hash);
  window.scrollTo(0, 0);
});

export function go(to: Route): void {
  location.hash = addressOf(to);
}
