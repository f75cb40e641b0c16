import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Change, type LiveState, listen } from './events';

class FakeSource extends EventTarget {
  static last: FakeSource | undefined;
  closed = false;

  constructor() {
    super();
    FakeSource.last = this;
  }
  tell(kind: string, data?: unknown): void {
    this.dispatchEvent(
      data === undefined ? new Event(kind) : new MessageEvent(kind, { data: JSON.stringify(data) }),
    );
  }
  close(): void {
    this.closed = true;
  }
}

let changes: Change[];
let states: LiveState[];
let end: AbortController;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('EventSource', FakeSource);
  changes = [];
  states = [];
  end = new AbortController();
  listen({
    signal: end.signal,
    onChange: (change) => changes.push(change),
    onState: (state) => states.push(state),
    pollMillis: 1000,
  });
});

afterEach(() => {
  end.abort();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('tells what changed', () => {
  FakeSource.last?.tell('open');
  FakeSource.last?.tell('case', { caseId: 'a', version: 3 });
  FakeSource.last?.tell('worklist', {});

  expect(changes).toEqual([
    { kind: 'case', caseId: 'a', version: 3 },
    { kind: 'worklist', caseId: null, version: 0 },
  ]);
});

test('a stream that the hub renews is no interruption, but what fell between is asked for', () => {
  FakeSource.last?.tell('open');
  FakeSource.last?.tell('error');
  vi.advanceTimersByTime(3000);
  FakeSource.last?.tell('open');
  vi.advanceTimersByTime(60_000);

  expect(states).not.toContain('polling');
  expect(changes).toEqual([{ kind: 'resync' }]);
});

test('while the stream is down the hub is asked at an interval', () => {
  FakeSource.last?.tell('error');
  vi.advanceTimersByTime(8000 + 3000);

  expect(states).toEqual(['polling']);
  expect(changes).toHaveLength(4);
  FakeSource.last?.tell('open');
  expect(states.at(-1)).toBe('live');
});

test('nothing goes on after the page has left', () => {
  FakeSource.last?.tell('error');
  end.abort();
  vi.advanceTimersByTime(60_000);

  expect(FakeSource.last?.closed).toBe(true);
  expect(changes).toEqual([]);
});
