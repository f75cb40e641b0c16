import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { CaseId } from '../wire/ids';
import type { ReportView } from '../wire/types';
import { Draft, EMPTY_REPORT, EMPTY_SECTIONS } from './draft';

const id = 'case-1' as CaseId;
let hub: ReportView;
let puts: { version: number; sections: { findings: string } }[];
let down: boolean;

beforeEach(() => {
  vi.useFakeTimers();
  hub = { ...EMPTY_REPORT, version: 1, status: 'DRAFT' };
  puts = [];
  down = false;
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (_path, init) => {
    if (down) throw new TypeError('no link');
    if (init?.method !== 'PUT') return Response.json(hub);
    const body = JSON.parse(String(init.body));
    puts.push(body);
    if (body.version !== hub.version) {
      return Response.json({ title: 'Stale', code: 'TR-0201' }, { status: 409 });
    }
    hub = { ...hub, version: hub.version + 1, sections: body.sections };
    return Response.json(hub);
  });
});

afterEach(() => vi.useRealTimers());

const draft = () => new Draft(id, hub, new AbortController().signal);
const written = (text: string) => ({ ...EMPTY_SECTIONS, findings: text });

test('is saved soon after typing stops, once', async () => {
  const one = draft();

  one.edit('findings', 'A');
  one.edit('findings', 'AB');
  expect(one.state.value.kind).toBe('unsaved');
  await vi.advanceTimersByTimeAsync(2000);

  expect(puts.map((each) => each.sections.findings)).toEqual(['AB']);
  expect(one.state.value.kind).toBe('saved');
  expect(hub.sections.findings).toBe('AB');
});

test('is saved every few seconds while typing goes on', async () => {
  const one = draft();

  for (let key = 0; key < 30; key++) {
    one.edit('findings', 'x'.repeat(key + 1));
    await vi.advanceTimersByTimeAsync(500);
  }

  expect(puts.length).toBeGreaterThanOrEqual(2);
});

test('never overwrites unseen what another window saved', async () => {
  const one = draft();
  hub = { ...hub, version: 7, sections: written('theirs') };

  one.edit('findings', 'mine');
  await vi.advanceTimersByTimeAsync(2000);

  expect(one.state.value).toMatchObject({ kind: 'conflict', theirs: { version: 7 } });
  expect(hub.sections.findings).toBe('theirs');
  one.edit('findings', 'mine and more');
  await vi.advanceTimersByTimeAsync(20_000);
  expect(puts).toHaveLength(1);
});

test('a conflict is settled for one’s own text only when asked', async () => {
  const one = draft();
  hub = { ...hub, version: 7, sections: written('theirs') };
  one.edit('findings', 'mine');
  await vi.advanceTimersByTimeAsync(2000);

  await one.settle('mine');

  expect(hub).toMatchObject({ version: 8, sections: { findings: 'mine' } });
  expect(one.state.value.kind).toBe('saved');
});

test('a conflict is settled for their text without another save', async () => {
  const one = draft();
  hub = { ...hub, version: 7, sections: written('theirs') };
  one.edit('findings', 'mine');
  await vi.advanceTimersByTimeAsync(2000);

  await one.settle('theirs');

  expect(one.sections.value.findings).toBe('theirs');
  expect(one.dirty.value).toBe(false);
  expect(puts).toHaveLength(1);
});

test('keeps the text while the link is down and saves it when it is back', async () => {
  const one = draft();
  down = true;
  one.edit('findings', 'kept');
  await vi.advanceTimersByTimeAsync(2000);
  expect(one.state.value.kind).toBe('failed');

  down = false;
  await vi.advanceTimersByTimeAsync(10_000);

  expect(hub.sections.findings).toBe('kept');
  expect(one.state.value.kind).toBe('saved');
});

test('text typed while a save is under way is saved after it', async () => {
  const one = draft();
  one.edit('findings', 'first');
  const saving = one.save();
  one.edit('findings', 'first and second');
  await saving;
  await vi.advanceTimersByTimeAsync(2000);

  expect(hub.sections.findings).toBe('first and second');
});

test('a newer report from the hub is taken only while nothing is typed', () => {
  const one = draft();
  one.refreshed({ ...hub, version: 3, sections: written('newer') });
  expect(one.sections.value.findings).toBe('newer');

  one.edit('findings', 'typed');
  one.refreshed({ ...hub, version: 4, sections: written('newest') });
  expect(one.sections.value.findings).toBe('typed');
});
