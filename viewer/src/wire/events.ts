import type { CaseId } from './ids';

/**
 * A change that the signed-in person may see. A worklist change without a case says that some case left the list;
 * `resync` stands for "something may have been missed".
 */
export type Change =
  | { readonly kind: 'worklist'; readonly caseId: CaseId | null; readonly version: number }
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

const PATIENCE_MILLIS = 8000;
const CLOSED = 2;

function parse(kind: 'worklist' | 'case', data: unknown): Change {
  try {
    const body: unknown = JSON.parse(String(data));
    if (typeof body === 'object' && body !== null) {
      const { caseId, version } = body as Record<string, unknown>;
      if (typeof caseId === 'string') {
        return { kind, caseId: caseId as CaseId, version: typeof version === 'number' ? version : 0 };
      }
      if (kind === 'worklist') return { kind, caseId: null, version: 0 };
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
  let poll: ReturnType<typeof setTimeout> | undefined;
  let interrupted = false;
  let opened = false;
  let source: EventSource;

  // The hub ends each stream after some minutes and the browser opens the next: that is no interruption.
  const startPolling = () => {
    poll ??= setTimeout(() => {
      interrupted = true;
      onState?.('polling');
      ask();
      poll = setInterval(ask, pollMillis);
    }, PATIENCE_MILLIS);
  };
  const ask = () => {
    onChange({ kind: 'resync' });
    // A browser gives up for good after an answer that is no stream; the hub may be well again by now.
    if (source.readyState === CLOSED) connect();
  };
  const stopPolling = () => {
    clearTimeout(poll);
    poll = undefined;
    onState?.('live');
    // What happened between two streams was told to neither.
    if (opened || interrupted) onChange({ kind: 'resync' });
    opened = true;
    interrupted = false;
  };
  const connect = () => {
    source = new EventSource('/api/events');
    source.addEventListener('open', stopPolling);
    source.addEventListener('error', startPolling);
    source.addEventListener('worklist', (event) => onChange(parse('worklist', event.data)));
    source.addEventListener('case', (event) => onChange(parse('case', event.data)));
  };
  connect();
  signal.addEventListener('abort', () => {
    clearTimeout(poll);
    source.close();
  });
}
