import { afterEach, expect, test, vi } from 'vitest';
import type { CaseId, PersonId, SiteId } from '../wire/ids';
import type { CaseSummary } from '../wire/types';
import { NO_FILTER } from './route';
import { visible, WorklistState } from './worklist';

const me = { id: 'me' as PersonId, displayName: 'Me' };
const row = (id: string, fields: Partial<CaseSummary> = {}): CaseSummary => ({
  id: id as CaseId,
  number: id,
  state: 'WAITING',
  stateText: 'Waiting',
  urgency: 'ROUTINE',
  specialty: 'RADIOLOGY',
  deadlineAt: null,
  clockPaused: false,
  overdue: false,
  site: { id: 's' as SiteId, name: 'Kisoro' },
  patient: { name: 'Okello, Amara', sex: 'F', birthDate: null, ageText: null },
  bodyPart: null,
  modality: 'DX',
  imageCount: 1,
  createdAt: '',
  updatedAt: '',
  claimedBy: null,
  claimedUntil: null,
  version: 1,
  underWay: null,
  previewsOnly: false,
  ...fields,
});

afterEach(() => vi.useRealTimers());

test('tabs and filters let through what they say', () => {
  const rows = [
    row('1', { urgency: 'EMERGENCY' }),
    row('2', { state: 'CLAIMED', claimedBy: me }),
    row('3', { state: 'CLAIMED', claimedBy: { id: 'other' as PersonId, displayName: 'Other' } }),
  ];
  const ids = (filter: Partial<typeof NO_FILTER>, words = '') =>
    visible(rows, { ...NO_FILTER, ...filter }, words, me).map((each) => each.id);

  expect(ids({})).toEqual(['1', '2', '3']);
  expect(ids({ tab: 'waiting' })).toEqual(['1']);
  expect(ids({ tab: 'mine' })).toEqual(['2']);
  expect(ids({ urgency: 'EMERGENCY' })).toEqual(['1']);
  expect(ids({}, 'AMARA')).toEqual(['1', '2', '3']);
  expect(ids({}, 'nobody')).toEqual([]);
});

test('several events in a row cost one request', async () => {
  vi.useFakeTimers();
  const fetched = vi
    .spyOn(globalThis, 'fetch')
    .mockImplementation(async () => Response.json({ items: [row('1')], next: null }));
  const list = new WorklistState(new AbortController().signal);

  for (let count = 0; count < 5; count++) list.noticed({ kind: 'resync' });
  await vi.advanceTimersByTimeAsync(1000);

  expect(fetched).toHaveBeenCalledTimes(1);
  expect(list.items.value).toHaveLength(1);
});

test('the next page is added without doubling rows that moved', async () => {
  const pages = [
    { items: [row('1'), row('2')], next: 'c' },
    { items: [row('2'), row('3')], next: null },
  ];
  vi.spyOn(globalThis, 'fetch').mockImplementation(async () => Response.json(pages.shift()));
  const list = new WorklistState(new AbortController().signal);

  await list.refresh();
  await list.more();

  expect(list.items.value.map((each) => each.id)).toEqual(['1', '2', '3']);
  expect(list.next.value).toBeNull();
});
