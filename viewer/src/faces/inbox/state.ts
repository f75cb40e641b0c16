import { batch, computed, signal } from '@preact/signals';
import { listen } from '../../wire/events';
import { isAbort, Problem } from '../../wire/http';
import type { DeliveryId } from '../../wire/ids';
import { acknowledge, inbox, openLetter } from '../../wire/reports';
import { currentPerson, goToLogin } from '../../wire/session';
import type { InboxItem, InboxLetter, Person } from '../../wire/types';

export type Start = 'starting' | 'ready' | 'wrong-role';

/** The referring physician's letters. */
export class Inbox {
  readonly start = signal<Start>('starting');
  readonly person = signal<Person | null>(null);
  readonly items = signal<readonly InboxItem[]>([]);
  readonly loaded = signal(false);
  readonly next = signal<string | null>(null);
  readonly problem = signal<unknown>(null);
  readonly letter = signal<InboxLetter | null>(null);
  readonly letterProblem = signal<unknown>(null);
  /** Unread first, then what waits for an acknowledgement, then the rest; newest first within each. */
  readonly sorted = computed(() => [...this.items.value].sort((a, b) => rank(a) - rank(b) || newer(a, b)));
  readonly waiting = computed(() => this.items.value.filter((item) => item.acknowledgedAt === null).length);

  readonly #call = { signal: new AbortController().signal };

  async begin(): Promise<void> {
    try {
      const person = await currentPerson(this.#call);
      if (person === null) return goToLogin();
      this.person.value = person;
      this.start.value = person.role === 'REFERRER' || person.role === 'CLINIC' ? 'ready' : 'wrong-role';
    } catch (failure) {
      this.start.value = 'ready';
      this.problem.value = failure;
      return;
    }
    if (this.start.value !== 'ready') return;
    await this.load();
    listen({ signal: this.#call.signal, pollMillis: 120_000, onChange: () => void this.load() });
  }

  async load(): Promise<void> {
    try {
      const page = await inbox(null, this.#call);
      batch(() => {
        this.items.value = page.items;
        this.next.value = page.next;
        this.loaded.value = true;
        this.problem.value = null;
      });
    } catch (failure) {
      this.#failed(failure, this.problem);
    }
  }

  async loadMore(): Promise<void> {
    if (this.next.value === null) return;
    try {
      const page = await inbox(this.next.value, this.#call);
      const known = new Set(this.items.value.map((item) => item.deliveryId));
      batch(() => {
        this.items.value = [...this.items.value, ...page.items.filter((item) => !known.has(item.deliveryId))];
        this.next.value = page.next;
      });
    } catch (failure) {
      this.#failed(failure, this.problem);
    }
  }

  async open(id: DeliveryId): Promise<void> {
    batch(() => {
      if (this.letter.value?.deliveryId !== id) this.letter.value = null;
      this.letterProblem.value = null;
    });
    try {
      const letter = await openLetter(id, this.#call);
      this.letter.value = letter;
      this.#replace(letter);
    } catch (failure) {
      this.#failed(failure, this.letterProblem);
    }
  }

  async acknowledge(id: DeliveryId, comment: string): Promise<void> {
    const item = await acknowledge(id, comment, this.#call);
    const letter = this.letter.value;
    if (letter?.deliveryId === id) {
      this.letter.value = { ...letter, readAt: item.readAt, acknowledgedAt: item.acknowledgedAt };
    }
    this.#replace(item);
  }

  #replace(item: InboxItem): void {
    this.items.value = this.items.value.map((each) => (each.deliveryId === item.deliveryId ? item : each));
  }

  #failed(failure: unknown, where: { value: unknown }): void {
    if (isAbort(failure)) return;
    if (failure instanceof Problem && failure.status === 401) goToLogin();
    else where.value = failure;
  }
}

function rank(item: InboxItem): number {
  if (item.readAt === null) return 0;
  return item.acknowledgedAt === null ? 1 : 2;
}

function newer(a: InboxItem, b: InboxItem): number {
  return b.deliveredAt.localeCompare(a.deliveredAt);
}
