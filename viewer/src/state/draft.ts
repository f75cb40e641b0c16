import { computed, signal } from '@preact/signals';
import { isAbort, Problem } from '../wire/http';
import type { CaseId } from '../wire/ids';
import { getReport, putDraft } from '../wire/reports';
import { REPORT_SECTIONS, type ReportSection, type ReportSections, type ReportView } from '../wire/types';

export const EMPTY_SECTIONS: ReportSections = {
  technique: '',
  comparison: '',
  findings: '',
  impression: '',
  recommendation: '',
};

export const EMPTY_REPORT: ReportView = {
  status: 'NONE',
  version: 0,
  sections: EMPTY_SECTIONS,
  signedBy: null,
  signedAt: null,
  addenda: [],
  pdf: null,
};

export function sameText(left: ReportSections, right: ReportSections): boolean {
  return REPORT_SECTIONS.every((section) => (left[section] ?? '') === (right[section] ?? ''));
}

export const isBlank = (sections: ReportSections) =>
  REPORT_SECTIONS.every((section) => (sections[section] ?? '').trim() === '');

/** Where the text stands: only `saved` means that the hub has all of it. */
export type DraftState =
  | { readonly kind: 'saved'; readonly at: number | null }
  | { readonly kind: 'unsaved' }
  | { readonly kind: 'saving' }
  | { readonly kind: 'failed'; readonly failure: unknown; readonly retryAt: number }
  | { readonly kind: 'conflict'; readonly theirs: ReportView };

const QUIET_MILLIS = 1500;
const LONGEST_MILLIS = 5000;
const RETRY_MILLIS = [3000, 8000, 20_000];

/**
 * One report in the editor. It is saved on the hub shortly after typing stops and every few seconds while it goes on.
 * A save on a stale version becomes a `conflict` that a person settles; nothing is overwritten unseen.
 */
export class Draft {
  readonly caseId: CaseId;
  readonly base = signal<ReportView>(EMPTY_REPORT);
  readonly sections = signal<ReportSections>(EMPTY_SECTIONS);
  readonly state = signal<DraftState>({ kind: 'saved', at: null });
  readonly dirty = computed(() => !sameText(this.sections.value, this.base.value.sections));

  readonly #end: AbortSignal;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #firstEdit = 0;
  #failures = 0;
  #saving: Promise<boolean> | undefined;

  constructor(caseId: CaseId, report: ReportView | null, end: AbortSignal) {
    this.caseId = caseId;
    this.#end = end;
    this.#take(report ?? EMPTY_REPORT);
    end.addEventListener('abort', () => clearTimeout(this.#timer));
  }

  edit(section: ReportSection, text: string): void {
    this.sections.value = { ...this.sections.value, [section]: text };
    if (this.state.value.kind === 'conflict') return;
    if (this.state.value.kind !== 'saving') this.state.value = { kind: 'unsaved' };
    this.#schedule();
  }

  /** Takes a report that the hub gave, unless there is text here that it does not have yet. */
  refreshed(report: ReportView | null): void {
    if (report === null || this.#saving !== undefined) return;
    if (report.version <= this.base.value.version || this.dirty.value) return;
    this.#take(report);
  }

  /** Takes the answer of a release or a signature, which is the hub's last word. */
  settled(report: ReportView): void {
    clearTimeout(this.#timer);
    this.#take(report);
  }

  /** Saves at once; true when the hub has everything that is in the editor. */
  async save(): Promise<boolean> {
    clearTimeout(this.#timer);
    if (this.#saving !== undefined) await this.#saving;
    if (this.state.value.kind === 'conflict') return false;
    if (!this.dirty.value) return true;
    this.#saving = this.#put();
    try {
      return await this.#saving;
    } finally {
      this.#saving = undefined;
    }
  }

  /** Settles a conflict: one's own text over theirs, knowingly, or theirs in place of one's own. */
  async settle(keep: 'mine' | 'theirs'): Promise<void> {
    const state = this.state.value;
    if (state.kind !== 'conflict') return;
    if (keep === 'theirs') {
      this.#take(state.theirs);
      return;
    }
    this.base.value = state.theirs;
    this.state.value = { kind: 'unsaved' };
    await this.save();
  }

  #take(report: ReportView): void {
    this.base.value = report;
    this.sections.value = { ...EMPTY_SECTIONS, ...report.sections };
    this.state.value = { kind: 'saved', at: null };
    this.#firstEdit = 0;
  }

  #schedule(): void {
    const time = Date.now();
    if (this.#firstEdit === 0) this.#firstEdit = time;
    clearTimeout(this.#timer);
    const wait = Math.max(0, Math.min(QUIET_MILLIS, this.#firstEdit + LONGEST_MILLIS - time));
    this.#timer = setTimeout(() => void this.save(), wait);
  }

  async #put(): Promise<boolean> {
    const sent = this.sections.value;
    this.#firstEdit = 0;
    this.state.value = { kind: 'saving' };
    try {
      const saved = await putDraft(this.caseId, this.base.value.version, sent, { signal: this.#end });
      this.#failures = 0;
      this.base.value = { ...saved, sections: sent };
      if (this.dirty.value) {
        this.state.value = { kind: 'unsaved' };
        this.#schedule();
        return false;
      }
      this.state.value = { kind: 'saved', at: Date.now() };
      return true;
    } catch (failure) {
      if (isAbort(failure)) return false;
      if (failure instanceof Problem && failure.stale) return this.#conflict();
      this.#failed(failure);
      return false;
    }
  }

  async #conflict(): Promise<boolean> {
    try {
      const theirs = await getReport(this.caseId, { signal: this.#end });
      if (sameText(theirs.sections, this.sections.value)) {
        this.#take(theirs);
        return true;
      }
      this.state.value = { kind: 'conflict', theirs };
    } catch (failure) {
      if (!isAbort(failure)) this.#failed(failure);
    }
    return false;
  }

  #failed(failure: unknown): void {
    const wait = RETRY_MILLIS[Math.min(this.#failures, RETRY_MILLIS.length - 1)] ?? 20_000;
    this.#failures += 1;
    this.state.value = { kind: 'failed', failure, retryAt: Date.now() + wait };
    this.#timer = setTimeout(() => void this.save(), wait);
  }
}
