/** How fast bytes have moved lately: what an "about 3 min" rests on. */
export class RateMeter {
  readonly #windowMs: number;
  readonly #points: { atMs: number; bytes: number }[] = [];

  constructor(windowMs = 30_000) {
    this.#windowMs = windowMs;
  }

  /** `bytes` is the running total; it may step back when a cut chunk is sent again. */
  add(atMs: number, bytes: number): void {
    const last = this.#points.at(-1);
    if (last !== undefined && bytes < last.bytes) this.#points.length = 0;
    this.#points.push({ atMs, bytes });
    while (this.#points.length > 2 && (this.#points[0]?.atMs ?? atMs) < atMs - this.#windowMs) {
      this.#points.shift();
    }
  }

  /** Null until there is at least a second of evidence. */
  bytesPerSecond(): number | null {
    const first = this.#points[0];
    const last = this.#points.at(-1);
    if (first === undefined || last === undefined) return null;
    const elapsedMs = last.atMs - first.atMs;
    if (elapsedMs < 1000 || last.bytes <= first.bytes) return null;
    return ((last.bytes - first.bytes) * 1000) / elapsedMs;
  }
}

export function secondsLeft(remainingBytes: number, bytesPerSecond: number | null): number | null {
  if (bytesPerSecond === null || bytesPerSecond <= 0) return null;
  return remainingBytes / bytesPerSecond;
}
