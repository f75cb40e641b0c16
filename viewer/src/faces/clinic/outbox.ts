import { type ReadonlySignal, signal } from '@preact/signals';
import { RateMeter, secondsLeft } from '../../state/rate';
import type { CaseId } from '../../wire/ids';
import type { Draft, DraftStore, SendProblem } from './drafts';
import { type HubPort, sendDraft } from './sender';

export interface Sending {
  readonly draftId: string;
  readonly sentBytes: number;
  readonly totalBytes: number;
  readonly secondsLeft: number | null;
}

export type OutboxState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'sending'; readonly sending: Sending }
  | { readonly kind: 'waiting'; readonly problem: SendProblem; readonly retryAt: number }
  | { readonly kind: 'signed-out' };

export interface OutboxOptions {
  readonly store: DraftStore;
  readonly hub: HubPort;
  readonly owner: string;
  readonly now: () => number;
  /** The queue on the phone has changed. */
  readonly onChange: () => void;
  readonly onSent: (draft: Draft, caseId: CaseId) => void;
  readonly signal: AbortSignal;
}

const NAME = 'heliograph-outbox';
const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 60_000;
const RANK = { EMERGENCY: 0, URGENT: 1, ROUTINE: 2, '': 3 } as const;

/** Sends queued drafts one after the other (a thin link gains nothing from two at once), the most urgent first. */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #state = signal<OutboxState>({ kind: 'idle' });
  #wake: (() => void) | null = null;
  /** Asked to look again while not asleep: the next sleep is skipped. */
  #kicked = false;
  #wait = FIRST_WAIT_MS;
  readonly #others = typeof BroadcastChannel === 'function' ? new BroadcastChannel(NAME) : null;

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  get state(): ReadonlySignal<OutboxState> {
    return this.#state;
  }

  /** Something was queued, the link came back, or the person asked for it: try now. */
  kick(): void {
    this.#now();
    // The window that sends may be another one.
    this.#others?.postMessage('kick');
  }

  #now(): void {
    this.#wait = FIRST_WAIT_MS;
    this.#kicked = true;
    this.#wake?.();
  }

  /** Runs until the signal aborts. With several windows open only one of them sends. */
  async run(): Promise<void> {
    const { signal: stop } = this.#options;
    // Missing on plain http, where two windows may send the same bytes: the hub's offsets then sort it out.
    const locks = navigator.locks as LockManager | null | undefined;
    const others = this.#others;
    if (others !== null) others.onmessage = () => this.#now();
    stop.addEventListener('abort', () => others?.close());
    try {
      if (locks === undefined || locks === null) await this.#loop();
      else await locks.request(NAME, { signal: stop }, () => this.#loop());
    } catch (failure) {
      if (!stop.aborted) throw failure;
    }
  }

  async #loop(): Promise<void> {
    const { signal: stop } = this.#options;
    while (!stop.aborted) {
      this.#kicked = false;
      const next = await this.#next();
      if (next === null) {
        this.#state.value = { kind: 'idle' };
        await this.#sleep(null);
      } else {
        await this.#send(next);
      }
    }
  }

  async #next(): Promise<Draft | null> {
    const drafts = await this.#options.store.list(this.#options.owner);
    const queued = drafts.filter((draft) => draft.stage === 'queued');
    queued.sort((a, b) => RANK[a.request.urgency] - RANK[b.request.urgency] || a.createdAt - b.createdAt);
    return queued[0] ?? null;
  }

  async #send(draft: Draft): Promise<void> {
    const { store, hub, now, signal: stop } = this.#options;
    const meter = new RateMeter();
    const show = (progress: { sentBytes: number; totalBytes: number }) => {
      meter.add(now(), progress.sentBytes);
      const left = secondsLeft(progress.totalBytes - progress.sentBytes, meter.bytesPerSecond());
      this.#state.value = { kind: 'sending', sending: { draftId: draft.id, ...progress, secondsLeft: left } };
    };
    show({ sentBytes: 0, totalBytes: 0 });

    const outcome = await sendDraft(draft.id, store, hub, show, { signal: stop });

    switch (outcome.kind) {
      case 'done':
        this.#wait = FIRST_WAIT_MS;
        this.#options.onSent(draft, outcome.caseId);
        break;
      case 'attention': {
        const latest = (await store.read(draft.id)) ?? draft;
        await store.write({ ...latest, stage: 'attention', problem: outcome.problem, updatedAt: now() });
        break;
      }
      case 'later':
        this.#state.value = { kind: 'waiting', problem: outcome.problem, retryAt: now() + this.#wait };
        await this.#sleep(this.#wait * (0.8 + Math.random() * 0.4));
        this.#wait = Math.min(LONGEST_WAIT_MS, this.#wait * 2);
        break;
      case 'signed-out':
        this.#state.value = { kind: 'signed-out' };
        await this.#sleep(null);
        break;
    }
    this.#options.onChange();
  }

  #sleep(milliseconds: number | null): Promise<void> {
    const { signal: stop } = this.#options;
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        stop.removeEventListener('abort', wake);
        this.#wake = null;
        resolve();
      };
      const timer = milliseconds === null ? undefined : setTimeout(wake, milliseconds);
      this.#wake = wake;
      stop.addEventListener('abort', wake);
      if (stop.aborted || this.#kicked) wake();
    });
  }
}
