import { signal } from '@preact/signals';
import { worklist } from '../wire/cases';
import type { Change, LiveState } from '../wire/events';
import { isAbort } from '../wire/http';
import type { CaseSummary, PersonRef } from '../wire/types';
import { pollInSight } from './poll';
import type { Filter } from './route';

const PAGE = 50;
const MOST_REFRESHED = 200;
const SETTLE_MILLIS = 300;
/** The open case is followed more closely; a row need not be. */
const ROWS_UNDER_WAY_MILLIS = 30_000;

/** The rows that a filter lets through; `words` are typed by the reader and never leave the page. */
export function visible(
  items: readonly CaseSummary[],
  filter: Filter,
  words: string,
  me: PersonRef | null,
): readonly CaseSummary[] {
  const wanted = words.trim().toLocaleLowerCase();
  return items.filter((each) => {
    if (filter.tab === 'waiting' && each.state !== 'WAITING') return false;
    if (filter.tab === 'mine' && (me === null || each.claimedBy?.id !== me.id)) return false;
    if (filter.urgency !== '' && each.urgency !== filter.urgency) return false;
    if (filter.specialty !== '' && each.specialty !== filter.specialty) return false;
    if (filter.site !== '' && each.site.id !== filter.site) return false;
    if (wanted === '') return true;
    const text = `${each.number} ${each.patient.name} ${each.bodyPart ?? ''} ${each.site.name}`;
    return text.toLocaleLowerCase().includes(wanted);
  });
}

/** The worklist of the signed-in reader, in the hub's order, kept fresh by its events. */
export class WorklistState {
  readonly items = signal<readonly CaseSummary[]>([]);
  readonly next = signal<string | null>(null);
  readonly loaded = signal(false);
  readonly loadingMore = signal(false);
  readonly failure = signal<unknown>(null);
  readonly live = signal<LiveState>('live');
  #settle: ReturnType<typeof setTimeout> | undefined;

  readonly #end: AbortSignal;

  constructor(end: AbortSignal) {
    this.#end = end;
    end.addEventListener('abort', () => clearTimeout(this.#settle));
    pollInSight({
      wanted: () => this.items.peek().some((each) => each.underWay != null),
      ask: () => this.refresh(),
      everyMillis: ROWS_UNDER_WAY_MILLIS,
      signal: end,
    });
  }

  async refresh(): Promise<void> {
    const limit = Math.min(MOST_REFRESHED, Math.max(PAGE, this.items.value.length));
    try {
      const page = await worklist(null, limit, { signal: this.#end });
      this.items.value = page.items;
      this.next.value = page.next;
      this.failure.value = null;
      this.loaded.value = true;
    } catch (failure) {
      if (!isAbort(failure)) this.failure.value = failure;
    }
  }

  async more(): Promise<void> {
    const cursor = this.next.value;
    if (cursor === null || this.loadingMore.value) return;
    this.loadingMore.value = true;
    try {
      const page = await worklist(cursor, PAGE, { signal: this.#end });
      const known = new Set(this.items.value.map((each) => each.id));
      this.items.value = [...this.items.value, ...page.items.filter((each) => !known.has(each.id))];
      this.next.value = page.next;
    } catch (failure) {
      if (!isAbort(failure)) this.failure.value = failure;
    } finally {
      this.loadingMore.value = false;
    }
  }

  /** A case as the hub just told it, so that its row never says less than the open case. */
  saw(found: CaseSummary): void {
    const items = this.items.peek();
    const at = items.findIndex((each) => each.id === found.id && each.version <= found.version);
    if (at >= 0) this.items.value = items.with(at, found);
  }

  /** Several events in a row cost one request. */
  noticed(change: Change): void {
    if (change.kind === 'case') {
      const row = this.items.value.find((each) => each.id === change.caseId);
      if (row !== undefined && row.version >= change.version && change.version > 0) return;
    }
    clearTimeout(this.#settle);
    this.#settle = setTimeout(() => void this.refresh(), SETTLE_MILLIS);
  }
}
