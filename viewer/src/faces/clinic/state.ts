import { batch, computed, signal } from '@preact/signals';
import { pollInSight, UNDER_WAY_MILLIS } from '../../state/poll';
import { RateMeter, secondsLeft } from '../../state/rate';
import { getCase, listCases } from '../../wire/cases';
import { listen } from '../../wire/events';
import { isAbort, Problem } from '../../wire/http';
import type { CaseId, PersonId } from '../../wire/ids';
import { currentPerson } from '../../wire/session';
import type { Case, CaseSummary, Person } from '../../wire/types';
import { type Draft, type DraftPhoto, type DraftStore, newDraft } from './drafts';
import { hubOverHttp } from './hub';
import { memoryStore } from './memory-store';
import { Outbox } from './outbox';
import { openPhoneStore } from './phone-store';
import { forgetPerson, rememberedPerson, rememberPerson } from './remembered';
import { needsClinic } from './tracker';

export interface LocalCase {
  readonly draft: Draft;
  readonly photos: readonly DraftPhoto[];
}

/** Long enough to see several chunks of a slow link. */
const RATE_MILLIS = 120_000;
/** The list on a phone costs more than one case: it is asked for less often. */
const LIST_MILLIS = 60_000;

export type Start = 'starting' | 'signed-out' | 'wrong-role' | 'ready' | 'unreachable';

/** All that the clinic face shows. One per page; the page's life is the signal's life. */
export class Clinic {
  readonly start = signal<Start>('starting');
  readonly person = signal<Person | null>(null);
  readonly online = signal(navigator.onLine);
  readonly local = signal<readonly LocalCase[]>([]);
  readonly cases = signal<readonly CaseSummary[]>([]);
  readonly casesLoaded = signal(false);
  readonly nextCursor = signal<string | null>(null);
  readonly listProblem = signal<unknown>(null);
  readonly opened = signal<Case | null>(null);
  readonly openedProblem = signal<unknown>(null);
  readonly outbox = signal<Outbox | null>(null);
  /** What the clinic must act on comes first; otherwise newest first, as the hub sends it. */
  readonly sortedCases = computed(() => {
    const cases = this.cases.value;
    return [...cases.filter((c) => needsClinic(c.state)), ...cases.filter((c) => !needsClinic(c.state))];
  });

  readonly #rates = new Map<CaseId, RateMeter>();
  readonly #life = new AbortController();
  #store: DraftStore = memoryStore();
  #refresh: ReturnType<typeof setTimeout> | undefined;

  get store(): DraftStore {
    return this.#store;
  }

  async begin(): Promise<void> {
    const call = { signal: this.#life.signal };
    this.#store = await openPhoneStore().catch(() => memoryStore());
    window.addEventListener('online', () => this.#connection(true));
    window.addEventListener('offline', () => this.#connection(false));
    let person: Person | null;
    try {
      person = await currentPerson(call);
      if (person !== null) rememberPerson(person);
    } catch (failure) {
      if (!(failure instanceof Problem)) throw failure;
      // Started without a link: whoever used this phone last may go on with their own drafts.
      person = rememberedPerson();
      this.online.value = false;
      if (person === null) {
        this.start.value = 'unreachable';
        return;
      }
    }
    if (person === null) {
      this.start.value = 'signed-out';
      return;
    }
    this.person.value = person;
    if (person.role !== 'CLINIC') {
      this.start.value = 'wrong-role';
      return;
    }
    await this.readLocal();
    this.start.value = 'ready';
    this.#startOutbox(person.id);
    void this.loadCases();
    this.#followUnderWay();
    listen({
      signal: this.#life.signal,
      pollMillis: 60_000,
      onChange: (change) => {
        this.#soon();
        const open = this.opened.value;
        if (open !== null && (change.kind === 'resync' || change.caseId === open.id))
          void this.reload(open.id);
      },
    });
  }

  /** Events tell when pictures are whole; the bytes between are asked for while somebody looks. */
  #followUnderWay(): void {
    pollInSight({
      wanted: () => this.opened.peek()?.underWay != null,
      ask: async () => {
        const open = this.opened.peek();
        if (open !== null) await this.reload(open.id);
      },
      everyMillis: UNDER_WAY_MILLIS,
      signal: this.#life.signal,
    });
    pollInSight({
      wanted: () => this.opened.peek() === null && this.cases.peek().some((each) => each.underWay != null),
      ask: () => this.loadCases(),
      everyMillis: LIST_MILLIS,
      signal: this.#life.signal,
    });
  }

  #noteBytes({ id, underWay }: CaseSummary): void {
    if (underWay == null) {
      this.#rates.delete(id);
      return;
    }
    const rate = this.#rates.get(id) ?? new RateMeter(RATE_MILLIS);
    this.#rates.set(id, rate);
    rate.add(Date.now(), underWay.receivedBytes);
  }

  /** Until the pictures under way have arrived, by how fast they came lately; null while that is not known. */
  secondsLeft({ id, underWay }: CaseSummary): number | null {
    if (underWay == null || underWay.silent) return null;
    const left = underWay.totalBytes - underWay.receivedBytes;
    return secondsLeft(left, this.#rates.get(id)?.bytesPerSecond() ?? null);
  }

  #startOutbox(owner: PersonId): void {
    const outbox = new Outbox({
      store: this.#store,
      hub: hubOverHttp,
      owner,
      now: Date.now,
      onChange: () => void this.readLocal(),
      onSent: (_draft, caseId) => {
        void this.readLocal();
        void this.loadCases();
        if (this.opened.value?.id === caseId) void this.reload(caseId);
      },
      signal: this.#life.signal,
    });
    this.outbox.value = outbox;
    void outbox.run();
  }

  #connection(online: boolean): void {
    this.online.value = online;
    if (!online) return;
    this.outbox.value?.kick();
    this.#soon();
  }

  /** Several events in a burst ask for the list once. */
  #soon(): void {
    clearTimeout(this.#refresh);
    this.#refresh = setTimeout(() => void this.loadCases(), 400);
  }

  async loadCases(): Promise<void> {
    try {
      const page = await listCases({ limit: 50 }, { signal: this.#life.signal });
      batch(() => {
        for (const each of page.items) this.#noteBytes(each);
        this.cases.value = page.items;
        this.nextCursor.value = page.next;
        this.casesLoaded.value = true;
        this.listProblem.value = null;
        this.online.value = true;
      });
    } catch (failure) {
      this.#failed(failure, (problem) => {
        this.listProblem.value = problem;
      });
    }
  }

  async loadMore(): Promise<void> {
    const cursor = this.nextCursor.value;
    if (cursor === null) return;
    try {
      const page = await listCases({ cursor, limit: 50 }, { signal: this.#life.signal });
      const known = new Set(this.cases.value.map((c) => c.id));
      batch(() => {
        this.cases.value = [...this.cases.value, ...page.items.filter((c) => !known.has(c.id))];
        this.nextCursor.value = page.next;
      });
    } catch (failure) {
      this.#failed(failure, (problem) => {
        this.listProblem.value = problem;
      });
    }
  }

  async open(id: CaseId): Promise<void> {
    if (this.opened.value?.id !== id) this.opened.value = null;
    this.openedProblem.value = null;
    await this.reload(id);
  }

  async reload(id: CaseId): Promise<void> {
    try {
      this.show(await getCase(id, { signal: this.#life.signal }));
    } catch (failure) {
      this.#failed(failure, (problem) => {
        this.openedProblem.value = problem;
      });
    }
  }

  /** A case as the hub has just told it, for the open page and for its line in the list. */
  show(found: Case): void {
    this.#noteBytes(found);
    batch(() => {
      this.opened.value = found;
      this.openedProblem.value = null;
      this.cases.value = this.cases.value.map((each) => (each.id === found.id ? found : each));
    });
  }

  /** Runs a change on a case; a stale one shows how the case stands now instead. */
  async change(id: CaseId, act: (call: { signal: AbortSignal }) => Promise<Case>): Promise<void> {
    try {
      this.show(await act({ signal: this.#life.signal }));
    } catch (failure) {
      if (failure instanceof Problem && failure.stale) await this.reload(id);
      throw failure;
    }
  }

  async readLocal(): Promise<void> {
    const owner = this.person.value?.id;
    if (owner === undefined) return;
    const drafts = await this.#store.list(owner);
    this.local.value = await Promise.all(
      drafts.map(async (draft) => ({ draft, photos: await this.#store.photos(draft.id) })),
    );
  }

  async startDraft(): Promise<string> {
    const owner = this.person.value?.id ?? '';
    const draft = newDraft(randomId(), owner, Date.now());
    await this.keep(draft);
    return draft.id;
  }

  /** An answer to the reader; it travels with its pictures by the same queue as a new case. */
  async startAnswer(found: Case): Promise<Draft> {
    const known = this.local.value.find((l) => l.draft.kind === 'answer' && l.draft.caseId === found.id);
    if (known !== undefined) return known.draft;
    const draft = newDraft(randomId(), this.person.value?.id ?? '', Date.now());
    const answer: Draft = {
      ...draft,
      kind: 'answer',
      caseId: found.id,
      request: { ...draft.request, urgency: found.urgency, specialty: found.specialty },
    };
    await this.keep(answer);
    return answer;
  }

  async keep(draft: Draft): Promise<void> {
    await this.#store.write({ ...draft, updatedAt: Date.now() });
    await this.readLocal();
  }

  async queue(draft: Draft): Promise<void> {
    await this.keep({ ...draft, stage: 'queued', problem: null });
    this.outbox.value?.kick();
  }

  async discard(id: string): Promise<void> {
    await this.#store.remove(id);
    await this.readLocal();
  }

  async leave(): Promise<void> {
    forgetPerson();
    this.#life.abort();
  }

  #failed(failure: unknown, show: (problem: unknown) => void): void {
    if (isAbort(failure)) return;
    if (failure instanceof Problem && failure.status === 401) {
      this.start.value = 'signed-out';
      return;
    }
    if (failure instanceof Problem && failure.offline) this.online.value = false;
    show(failure);
  }
}

export function randomId(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  // Plain http inside a clinic has no randomUUID; this is RFC 9562 version 4 by hand.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
