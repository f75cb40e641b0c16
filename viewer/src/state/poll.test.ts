import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { pollInSight } from './poll';

let seen: DocumentVisibilityState;
let end: AbortController;

beforeEach(() => {
  vi.useFakeTimers();
  seen = 'visible';
  end = new AbortController();
  vi.spyOn(document, 'visibilityState', 'get').mockImplementation(() => seen);
});

afterEach(() => {
  end.abort();
  vi.useRealTimers();
});

test('asks only while there is something to follow and the page is seen', async () => {
  let wanted = true;
  let asked = 0;
  const ask = async () => {
    asked += 1;
  };
  pollInSight({ wanted: () => wanted, ask, everyMillis: 10, signal: end.signal });

  await vi.advanceTimersByTimeAsync(30);
  expect(asked).toBe(3);
  seen = 'hidden';
  await vi.advanceTimersByTimeAsync(100);
  expect(asked).toBe(3);
  seen = 'visible';
  document.dispatchEvent(new Event('visibilitychange'));
  expect(asked).toBe(4);
  wanted = false;
  await vi.advanceTimersByTimeAsync(100);
  expect(asked).toBe(4);
  wanted = true;
  end.abort();
  await vi.advanceTimersByTimeAsync(100);
  expect(asked).toBe(4);
});

test('a slow link is asked one question at a time', async () => {
  let asked = 0;
  let answer = () => {};
  const ask = () => {
    asked += 1;
    return new Promise<void>((resolve) => {
      answer = resolve;
    });
  };
  pollInSight({ wanted: () => true, ask, everyMillis: 10, signal: end.signal });

  await vi.advanceTimersByTimeAsync(100);
  expect(asked).toBe(1);
  answer();
  await vi.advanceTimersByTimeAsync(10);
  expect(asked).toBe(2);
});
