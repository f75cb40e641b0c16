import { batch, computed, signal } from '@preact/signals';
import { getCase, previewsOf, renewCase } from '../wire/cases';
import type { Change } from '../wire/events';
import { isAbort } from '../wire/http';
import type { CaseId } from '../wire/ids';
import type { Case, CaseAction, PersonRef, Preview } from '../wire/types';
import { Draft } from './draft';
import { Images } from './images';
import { pollInSight, UNDER_WAY_MILLIS } from './poll';
import { RateMeter, secondsLeft } from './rate';

const RENEW_MILLIS = 5 * 60_000;
/** Long enough to see several chunks of a slow link. */
const RATE_MILLIS = 120_000;
const BY_GATEWAY: readonly string[] = ['PREVIEWS_ARRIVED', 'PARCEL_RELEASED'];

/** A gateway announced pictures of this case, now or before. */
const isByGateway = (data: Case) =>
  data.underWay != null || data.events.some((event) => BY_GATEWAY.includes(event.kind));

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
  readonly #rate = new RateMeter(RATE_MILLIS);

  constructor(id: CaseId, me: PersonRef) {
    this.id = id;
    this.#me = me;
    const renew = setInterval(() => void this.#renew(), RENEW_MILLIS);
    this.#end.signal.addEventListener('abort', () => clearInterval(renew));
    pollInSight({
      wanted: () => this.data.peek()?.underWay != null,
      ask: () => this.load(),
      everyMillis: UNDER_WAY_MILLIS,
      signal: this.#end.signal,
    });
  }

  get signal(): AbortSignal {
    return this.#end.signal;
  }

  may(action: CaseAction): boolean {
    return this.data.value?.actions.includes(action) === true;
  }

  /** Until all that is under way has arrived, by how fast it came lately; null while that is not known. */
  secondsLeft(): number | null {
    const underWay = this.data.value?.underWay ?? null;
    if (underWay === null || underWay.silent) return null;
    return secondsLeft(underWay.totalBytes - underWay.receivedBytes, this.#rate.bytesPerSecond());
  }

  async load(): Promise<void> {
    try {
      const data = await getCase(this.id, { signal: this.#end.signal });
      const byGateway = isByGateway(data);
      if (!byGateway) this.failure.value = null;
      const previews = byGateway ? await this.#previews() : [];
      // Together, so that no picture is ever neither announced nor here.
      batch(() => {
        this.took(data);
        this.images.previews.value = previews;
      });
    } catch (failure) {
      if (!isAbort(failure)) this.failure.value = failure;
    }
  }

  /** Shows a case as the hub just gave it. */
  took(data: Case): void {
    if (this.#end.signal.aborted || data.id !== this.id) return;
    this.images.hold();
    if (data.underWay != null) this.#rate.add(Date.now(), data.underWay.receivedBytes);
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

  /** A case can be read without its previews: they are asked for again with the next answer. */
  async #previews(): Promise<readonly Preview[]> {
    try {
      const previews = await previewsOf(this.id, { signal: this.#end.signal });
      this.failure.value = null;
      return previews;
    } catch (failure) {
      if (isAbort(failure)) throw failure;
      this.failure.value = failure;
      return this.images.previews.peek();
    }
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
