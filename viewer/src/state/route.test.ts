import { expect, test } from 'vitest';
import type { CaseId } from '../wire/ids';
import { formatRoute, NO_FILTER, parseRoute } from './route';

test('the address keeps case and filter', () => {
  const route = {
    caseId: '7a-b' as CaseId,
    filter: { tab: 'mine', urgency: 'URGENT', specialty: '', site: 's-1' },
  } as const;

  const address = formatRoute(route);

  expect(address).toBe('/read/case/7a-b?tab=mine&urgency=URGENT&site=s-1');
  const url = new URL(address, 'http://hub');
  expect(parseRoute(url.pathname, url.search)).toEqual(route);
});

test('a filter that does not exist is no filter', () => {
  expect(parseRoute('/read', '?tab=x&urgency=%3Cscript%3E')).toEqual({ caseId: null, filter: NO_FILTER });
});
