import type { CaseId } from './ids';

/** A change that the signed-in person may see. `resync` stands for "something may have been missed". */
export type Change =
  | { readonly kind: 'worklist'; readonly caseId: CaseId; readonly version: number }
  | { readonly kind: 'case'; readonly caseId: CaseId; readonly version: number }
  | { readonly kind: 'resync' };

export type LiveState = 'live' | 'polling';

export interface LiveOptions {
  readonly signal: AbortSignal;
  readonly onChange: (change: Change) => void;
  readonly onState?: (state: LiveState) => void;
  /** How often to ask for a resync while the event stream is down. */
  readonly pollMillis?: number;
}

function parse(kind: 'worklist' | 'case', data: unknown): Change {
  try {
    const body: unknown = JSON.parse(String(data));
    if (typeof body === 'object' && body !== null) {
      const { caseId, version } = body as Record<string, unknown>;
      if (typeof caseId === 'string') {
        return { kind, caseId: caseId as CaseId, version: typeof version === 'number' ? version : 0 };
      }
    }
  } catch {
    // A line that is not JSON tells only that something changed.
  }
  return { kind: 'resync' };
}

/**
 * Listens to the hub's server-sent events until the signal aborts. While the stream is down it asks for a resync
 * at an interval, and once more when the stream comes back, so that nothing is missed for longer than that.
 */
export function listen(options: LiveOptions): void {
  const { signal, onChange, onState, pollMillis = 20_000 } = options;
  if (signal.aborted) return;
  let poll: ReturnType<typeof setInterval> | undefined;
  let interrupted = false;
  const source = new EventSource('/api/events');

  const startPolling = () => {
    interrupted = true;
    onState?.('polling');
    poll ??= setInterval(() => onChange({ kind: 'resync' }), pollMillis);
  };
  source.addEventListener('open', () => {
    clearInterval(poll);
    poll = undefined;
    onState?.('live');
    if (interrupted) onChange({ kind: 'resync' });
    interrupted = false;
  });
  source.addEventListener('error', startPolling);
  source.addEventListener('worklist', (event) => onChange(parse('worklist', event.data)));
  source.addEventListener('case', (event) => onChange(parse('case', event.data)));
  signal.addEventListener('abort', () => {
    clearInterval(poll);
    source.close();
  });
}
