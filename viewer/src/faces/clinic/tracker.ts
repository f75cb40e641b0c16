import type { CaseState } from '../../wire/types';

/** The way of a case as the clinic sees it: from the phone to the hospital and back. */
export const STOPS = ['SAVED', 'SENDING', 'HOSPITAL', 'READING', 'REPORT', 'ACKNOWLEDGED'] as const;
export type Stop = (typeof STOPS)[number];

export type Mark = 'done' | 'now' | 'attention' | 'ahead';

export interface TrackedStop {
  readonly stop: Stop;
  readonly mark: Mark;
}

/** Null for a case that has left the way: rejected or cancelled. */
export function trackerOf(state: CaseState): readonly TrackedStop[] | null {
  switch (state) {
    case 'DRAFT':
      return mark('SENDING', 'now');
    case 'SUBMITTED':
    case 'RECEIVING':
      return mark('SENDING', 'now');
    case 'WAITING':
      return mark('HOSPITAL', 'now');
    case 'CLAIMED':
    case 'REPORTED':
      return mark('READING', 'now');
    case 'NEEDS_INFO':
      return mark('READING', 'attention');
    case 'FINAL':
    case 'DELIVERED':
    case 'AMENDED':
      return mark('REPORT', 'now');
    case 'ACKNOWLEDGED':
      return mark('ACKNOWLEDGED', 'done');
    case 'REJECTED':
    case 'CANCELLED':
      return null;
  }
}

/** A draft that is still (partly) on this phone. */
export function trackerOfDraft(sending: boolean): readonly TrackedStop[] {
  return sending ? mark('SENDING', 'now') : mark('SAVED', 'now');
}

function mark(at: Stop, as: Mark): readonly TrackedStop[] {
  const here = STOPS.indexOf(at);
  return STOPS.map((stop, i) => ({ stop, mark: i < here ? 'done' : i === here ? as : 'ahead' }));
}

/** What this state asks of the clinic, most pressing first; the list is sorted by it. */
export function needsClinic(state: CaseState): boolean {
  return state === 'NEEDS_INFO' || state === 'REJECTED' || state === 'DRAFT';
}

export function hasReport(state: CaseState): boolean {
  return state === 'FINAL' || state === 'DELIVERED' || state === 'ACKNOWLEDGED' || state === 'AMENDED';
}
