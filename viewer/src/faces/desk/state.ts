import { batch, computed, signal } from '@preact/signals';
import { pollInSight } from '../../state/poll';
import { listCases } from '../../wire/cases';
import { listen } from '../../wire/events';
import { isAbort, Problem } from '../../wire/http';
import type { CaseId } from '../../wire/ids';
import { currentPerson, goToLogin } from '../../wire/session';
import type { CaseState, CaseSummary, Person } from '../../wire/types';
import { GatewayBoard } from './gateway-board';

/** States in which somebody still has to do something. */
const OPEN: readonly CaseState[] = [
  'NEEDS_INFO',
  'SUBMITTED',
  'RECEIVING',
  'WAITING',
  'CLAIMED',
  'REPORTED',
  'FINAL',
  'DELIVERED',
  'AMENDED',
  'DRAFT',
];

export type View = 'open' | 'all';
/** What the address names: `/desk#gateways`. */
export type Tab = 'work' | 'gateways';

const tabOf = (hash: string): Tab => (hash === '#gateways' ? 'gateways' : 'work');
const CASES_UNDER_WAY_MILLIS = 30_000;

/** The coordinator's board: every case of the network, exceptions first. */
export class Desk {
  readonly person = signal<Person | null>(null);
  readonly cases = signal<readonly CaseSummary[]>([]);
  readonly next = signal<string | null>(null);
  readonly loaded = signal(false);
  readonly problem = signal<unknown>(null);
  readonly view = signal<View>('open');
  readonly tab = signal<Tab>(tabOf(location.hash));
  /** The case whose missing pictures are being given up. */
  readonly releasing = signal<CaseId | null>(null);
  readonly sorted = computed(() => [...this.cases.value].sort(byPressure));
  readonly overdue = computed(() => this.cases.value.filter((found) => found.overdue).length);
  readonly counts = computed(() => {
    const counts = new Map<CaseState, number>();
    for (const found of this.cases.value) counts.set(found.state, (counts.get(found.state) ?? 0) + 1);
    return counts;
  });

  readonly #call = { signal: new AbortController().signal };
  readonly gateways = new GatewayBoard(this.#call.signal);
  #refresh: ReturnType<typeof setTimeout> | undefined;

  async begin(): Promise<void> {
    try {
      const person = await currentPerson(this.#call);
      if (person === null) return goToLogin();
      this.person.value = person;
      if (person.role !== 'COORDINATOR' && person.role !== 'ADMINISTRATOR') return;
      addEventListener('hashchange', () => {
        this.tab.value = tabOf(location.hash);
      });
      void this.gateways.begin();
      if (person.role !== 'COORDINATOR') return;
    } catch (failure) {
      this.problem.value = failure;
      return;
    }
    await this.load();
    pollInSight({
      wanted: () => this.cases.peek().some((found) => found.underWay != null),
      ask: () => this.load(),
      everyMillis: CASES_UNDER_WAY_MILLIS,
      signal: this.#call.signal,
    });
    listen({
      signal: this.#call.signal,
      onChange: () => {
        clearTimeout(this.#refresh);
        this.#refresh = setTimeout(() => void this.load(), 500);
      },
    });
  }

  async show(view: View): Promise<void> {
    this.view.value = view;
    await this.load();
  }

  async load(): Promise<void> {
    await this.#page(null);
  }

  async loadMore(): Promise<void> {
    await this.#page(this.next.value);
  }

  async #page(cursor: string | null): Promise<void> {
    const states = this.view.value === 'open' ? { state: OPEN } : {};
    try {
      const page = await listCases({ ...states, cursor, limit: 100 }, this.#call);
      batch(() => {
        const before = cursor === null ? [] : this.cases.value;
        this.cases.value = [...before, ...page.items];
        this.next.value = page.next;
        this.loaded.value = true;
        this.problem.value = null;
      });
    } catch (failure) {
      if (isAbort(failure)) return;
      if (failure instanceof Problem && failure.status === 401) return goToLogin();
      this.problem.value = failure;
    }
  }
}

/** Overdue first, then by deadline; what has none comes last, newest first. */
export function byPressure(a: CaseSummary, b: CaseSummary): number {
  const settledA = isSettled(a);
  const settledB = isSettled(b);
  if (settledA !== settledB) return settledA ? 1 : -1;
  if (!settledA && a.overdue !== b.overdue) return a.overdue ? -1 : 1;
  if (!settledA && a.deadlineAt !== b.deadlineAt) {
    if (a.deadlineAt === null) return 1;
    if (b.deadlineAt === null) return -1;
    return a.deadlineAt.localeCompare(b.deadlineAt);
  }
  return b.createdAt.localeCompare(a.createdAt);
}

function isSettled(found: CaseSummary): boolean {
  return ['FINAL', 'DELIVERED', 'ACKNOWLEDGED', 'AMENDED', 'CANCELLED', 'REJECTED'].includes(found.state);
}
