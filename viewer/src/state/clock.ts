import { signal } from '@preact/signals';

/** The time as the page shows it, in milliseconds; moves on every 15 seconds so that "time left" stays true. */
export const now = signal(Date.now());

export function startClock(end: AbortSignal): void {
  const timer = setInterval(() => {
    now.value = Date.now();
  }, 15_000);
  end.addEventListener('abort', () => clearInterval(timer));
}
