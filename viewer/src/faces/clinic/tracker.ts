import type { CaseState, CaseSummary, UnderWay } from '../../wire/types';

/** The way of a case as the clinic sees it: from the phone, or the clinic's computer, to the hospital and back. */
export const STOPS = ['SAVED', 'SENDING', 'HOSPITAL', 'READING', 'REPORT', 'ACKNOWLEDGED'] as const;
export type Stop = (typeof STOPS)[number] | 'GATEWAY';

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

/** Events that only a clinic's computer brings about. */
const BY_GATEWAY: readonly string[] = ['PREVIEWS_ARRIVED', 'PARCEL_COMPLETE', 'PARCEL_RELEASED'];

type Tracked = Pick<CaseSummary, 'state' | 'underWay'> & {
  readonly events?: readonly { readonly kind: string }[];
};

/**
 * The way of a case whose pictures come by the clinic's computer; null for any other. A case may be read from its
 * previews while the pictures are still being sent: then both stops are where it is now.
 */
export function gatewayTrackerOf({ state, underWay, events = [] }: Tracked): readonly TrackedStop[] | null {
  if (underWay == null && !events.some((event) => BY_GATEWAY.includes(event.kind))) return null;
  const way = trackerOf(state)?.map((each) => (each.stop === 'SAVED' ? atGateway(underWay) : each));
  if (way === undefined || underWay == null) return way ?? null;
  return way.map(({ stop, mark }) => {
    if (stop === 'SENDING') return { stop, mark: sendingMark(underWay) };
    return { stop, mark: stop === 'HOSPITAL' ? 'ahead' : mark };
  });
}

function atGateway(underWay: UnderWay | null): TrackedStop {
  const waits = underWay !== null && underWay.receivedBytes === 0 && !underWay.silent;
  return { stop: 'GATEWAY', mark: waits ? 'now' : 'done' };
}

function sendingMark({ receivedBytes, silent }: UnderWay): Mark {
  if (silent) return 'attention';
  return receivedBytes === 0 ? 'ahead' : 'now';
}

/** A draft that is still (partly) on this phone. */
export function trackerOfDraft(sending: boolean): readonly TrackedStop[] {
  return sending ? mark('SENDING', 'now') : mark('SAVED', 'now');
}

function mark(at: (typeof STOPS)[number], as: Mark): readonly TrackedStop[] {
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
