import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Problem } from '../../wire/http';
import type { Case } from '../../wire/types';
import { type Draft, newDraft, type RequestForm } from './drafts';
import { memoryStore } from './memory-store';
import { Outbox } from './outbox';
import type { HubPort } from './sender';

const life = new AbortController();

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  life.abort();
  vi.useRealTimers();
});

function queued(id: string, createdAt: number, urgency: RequestForm['urgency']): Draft {
  const draft = newDraft(id, 'person-1', createdAt);
  return { ...draft, stage: 'queued', request: { ...draft.request, urgency, expectXray: true } };
}

test('sends the most urgent first, waits when the link is down, and goes on by itself', async () => {
  const store = memoryStore();
  await store.write(queued('old-routine', 1, 'ROUTINE'));
  await store.write(queued('new-emergency', 3, 'EMERGENCY'));
  await store.write(queued('urgent', 2, 'URGENT'));
  await store.write({ ...queued('of-somebody-else', 0, 'EMERGENCY'), owner: 'person-2' });

  const created: string[] = [];
  let cuts = 1;
  const found = (id: string, state: Case['state']) =>
    ({ id, version: 1, state, messages: [] }) as unknown as Case;
  const hub: HubPort = {
    create: async (draft) => {
      if (cuts-- > 0) throw new Problem({ status: 0, code: 'OFFLINE', title: 'no link' });
      created.push(draft.id);
      return found(draft.id, 'DRAFT');
    },
    read: async (id) => found(id, 'DRAFT'),
    update: async (id) => found(id, 'DRAFT'),
    submit: async (id) => found(id, 'SUBMITTED'),
    answer: async (id) => found(id, 'CLAIMED'),
    message: async (id) => found(id, 'CLAIMED'),
    upload: async () => undefined,
  };
  const sent: string[] = [];
  const outbox = new Outbox({
    store,
    hub,
    owner: 'person-1',
    now: () => 0,
    onChange: () => undefined,
    onSent: (draft) => sent.push(draft.id),
    signal: life.signal,
  });

  void outbox.run();
  await vi.advanceTimersByTimeAsync(0);
  expect(outbox.state.value.kind).toBe('waiting');
  expect(created).toEqual([]);

  await vi.advanceTimersByTimeAsync(3000);
  expect(sent).toEqual(['new-emergency', 'urgent', 'old-routine']);
  expect(outbox.state.value.kind).toBe('idle');
  expect(await store.read('of-somebody-else')).not.toBeNull();
});
