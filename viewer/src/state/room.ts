import { effect, signal } from '@preact/signals';
import { takeNext } from '../wire/cases';
import { type Change, listen } from '../wire/events';
import type { CaseId } from '../wire/ids';
import type { Person } from '../wire/types';
import { OpenCase } from './openCase';
import { go, route } from './route';
import { WorklistState } from './worklist';

export type DialogKind = 'keys' | 'ask' | 'reject' | 'preview' | 'sign' | 'addendum';

/** The reading room of one signed-in reader: the worklist, the open case and what is on top of them. */
export class Room {
  readonly me: Person;
  readonly worklist: WorklistState;
  readonly open = signal<OpenCase | null>(null);
  readonly dialog = signal<DialogKind | null>(null);
  readonly listHidden = signal(false);
  readonly taking = signal(false);

  readonly #end: AbortSignal;

  constructor(me: Person, end: AbortSignal) {
    this.me = me;
    this.#end = end;
    this.worklist = new WorklistState(end);
  }

  start(): void {
    void this.worklist.refresh();
    listen({
      signal: this.#end,
      onChange: (change) => this.#noticed(change),
      onState: (state) => {
        this.worklist.live.value = state;
      },
    });
    const stop = effect(() => this.#follow(route.value.caseId));
    this.#end.addEventListener('abort', stop);
    const stopRows = effect(() => {
      const data = this.open.value?.data.value ?? null;
      if (data !== null) this.worklist.saw(data);
    });
    this.#end.addEventListener('abort', stopRows);
  }

  /** Claims the case with the earliest deadline and opens it; false when nothing waits. */
  async next(): Promise<boolean> {
    if (this.taking.value) return true;
    this.taking.value = true;
    try {
      const data = await takeNext({ signal: this.#end });
      if (data === undefined) return false;
      go({ caseId: data.id });
      this.open.value?.took(data);
      void this.worklist.refresh();
      return true;
    } finally {
      this.taking.value = false;
    }
  }

  #noticed(change: Change): void {
    this.worklist.noticed(change);
    this.open.peek()?.noticed(change);
  }

  #follow(caseId: CaseId | null): void {
    const before = this.open.peek();
    if (before?.id === caseId) return;
    void before?.close();
    this.dialog.value = null;
    if (caseId === null) {
      this.open.value = null;
      return;
    }
    const opened = new OpenCase(caseId, this.me);
    this.open.value = opened;
    void opened.load();
  }
}
