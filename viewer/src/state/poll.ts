/** How often the bytes under way are asked for: the hub tells of everything else by itself. */
export const UNDER_WAY_MILLIS = 10_000;

interface Polling {
  /** Asked again each time: nothing is fetched while there is nothing to follow. */
  readonly wanted: () => boolean;
  readonly ask: () => Promise<void>;
  readonly everyMillis: number;
  readonly signal: AbortSignal;
}

/**
 * Asks at an interval while the page is seen and there is something to follow, and at once when the page comes back
 * into sight. One question at a time: a slow link is not filled with questions.
 */
export function pollInSight({ wanted, ask, everyMillis, signal }: Polling): void {
  if (signal.aborted) return;
  let asking = false;
  const turn = async () => {
    if (asking || document.visibilityState !== 'visible' || !wanted()) return;
    asking = true;
    try {
      await ask();
    } finally {
      asking = false;
    }
  };
  const timer = setInterval(() => void turn(), everyMillis);
  signal.addEventListener('abort', () => clearInterval(timer));
  document.addEventListener('visibilitychange', () => void turn(), { signal });
}
