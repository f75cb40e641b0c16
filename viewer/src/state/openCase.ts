import { computed, signal } from '@preact/signals';
import { getCase, renewCase } from '../wire/cases';
import type { Change } from '../wire/events';
import { isAbort } from '../wire/http';
import type { CaseId } from '../wire/ids';
import type { Case, CaseAction, PersonRef } from '../wire/types';
import { Draft } from './draft';
import { Images } from './images';

const RENEW_MILLIS = 5 * 60_000;

/** The case on the screen: its data, its draft and its lease. Everything it started ends with `close`. */
export class OpenCase {
  readonly id: CaseId;
  readonly data = signal<Case | null>(null);
  readonly failure = signal<unknown>(null);
  readonly busy = signal(false);
  readonly draft = signal<Draft | null>(null);
  readonly leaseFailure = signal<unknown>(null);
  readonly mine = computed(() => this.data.value?.claimedBy?.id === this.#me.id);

  readonly #end = new AbortController();
  readonly images = new Images(this.data, this.#end.signal);

  readonly #me: PersonRef;

  constructor(id: CaseId, me: PersonRef) {
    this.id = id;
    this.#me = me;
    const renew = setInterval(() => void this.#renew(), RENEW_MILLIS);
    this.#end.signal.addEventListener('abort', () => clearInterval(renew));
  }

  get signal(): AbortSignal {
    return this.#end.signal;
  }

  may(action: CaseAction): boolean {
    return this.data.value?.actions.includes(action) === true;
  }

  async load(): Promise<void> {
    try {
      this.took(await getCase(this.id, { signal: this.#end.signal }));
      this.failure.value = null;
    } catch (failure) {
      if (!isAbort(failure)) this.failure.value = failure;
    }
  }

  /** Shows a case as the hub just gave it. */
  took(data: Case): void {
    if (this.#end.signal.aborted || data.id !== this.id) return;
    this.data.value = data;
    const draft = this.draft.value;
    if (draft === null) this.draft.value = new Draft(data.id, data.report, this.#end.signal);
    else draft.refreshed(data.report);
  }

  noticed(change: Change): void {
    const data = this.data.peek();
    if (change.kind === 'resync') void this.load();
    else if (change.kind === 'case' && change.caseId === this.id) {
      if (data === null || change.version === 0 || change.version > data.version) void this.load();
    }
  }

  /** Runs one action on the case; false when it failed, with the failure given to `onFailure`. */
  async act(action: (data: Case) => Promise<Case>, onFailure: (failure: unknown) => void): Promise<boolean> {
    const data = this.data.value;
    if (data === null || this.busy.value) return false;
    this.busy.value = true;
    try {
      this.took(await action(data));
      return true;
    } catch (failure) {
      if (!isAbort(failure)) onFailure(failure);
      void this.load();
      return false;
    } finally {
      this.busy.value = false;
    }
  }

  /** Saves what is typed, then ends all work of this case. */
  async close(): Promise<void> {
    await this.draft.value?.save().catch(() => false);
    this.#end.abort();
  }

  async #renew(): Promise<void> {
    if (!this.mine.value || !this.may('release')) return;
    try {
      this.took(await renewCase(this.id, { signal: this.#end.signal }));
      this.leaseFailure.value = null;
    } catch (failure) {
      if (!isAbort(failure)) this.leaseFailure.value = failure;
    }
  }
}
