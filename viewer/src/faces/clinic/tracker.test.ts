import { expect, test } from 'vitest';
import type { CaseState } from '../../wire/types';
import { underWay } from '../shared/case-testing';
import { gatewayTrackerOf, type TrackedStop, trackerOf } from './tracker';

const way = (stops: readonly TrackedStop[] | null) =>
  stops
    ?.map(({ stop, mark }) => (mark === 'done' ? '+' : mark === 'ahead' ? '-' : `${stop}:${mark}`))
    .join(' ') ?? 'off the way';

test.each<[CaseState, string]>([
  ['DRAFT', '+ SENDING:now - - - -'],
  ['SUBMITTED', '+ SENDING:now - - - -'],
  ['RECEIVING', '+ SENDING:now - - - -'],
  ['WAITING', '+ + HOSPITAL:now - - -'],
  ['CLAIMED', '+ + + READING:now - -'],
  ['REPORTED', '+ + + READING:now - -'],
  ['NEEDS_INFO', '+ + + READING:attention - -'],
  ['FINAL', '+ + + + REPORT:now -'],
  ['DELIVERED', '+ + + + REPORT:now -'],
  ['AMENDED', '+ + + + REPORT:now -'],
  ['ACKNOWLEDGED', '+ + + + + +'],
  ['REJECTED', 'off the way'],
  ['CANCELLED', 'off the way'],
])('a case that is %s stands at %s', (state, expected) => {
  expect(way(trackerOf(state))).toBe(expected);
});

test.each([
  ['WAITING', underWay({ receivedBytes: 0 }), 'GATEWAY:now - - - - -'],
  ['WAITING', underWay(), '+ SENDING:now - - - -'],
  ['CLAIMED', underWay(), '+ SENDING:now - READING:now - -'],
  ['NEEDS_INFO', underWay(), '+ SENDING:now - READING:attention - -'],
  ['WAITING', underWay({ silent: true }), '+ SENDING:attention - - - -'],
  ['REJECTED', underWay(), 'off the way'],
] as const)('a case that is %s and comes by the clinic’s computer: %o', (state, arriving, expected) => {
  expect(way(gatewayTrackerOf({ state, underWay: arriving }))).toBe(expected);
});

test('a case keeps having come by the clinic’s computer; any other never did', () => {
  const events = [{ kind: 'PARCEL_COMPLETE' }];

  expect(way(gatewayTrackerOf({ state: 'WAITING', underWay: null, events }))).toBe('+ + HOSPITAL:now - - -');
  expect(gatewayTrackerOf({ state: 'WAITING', underWay: null, events })?.[0]?.stop).toBe('GATEWAY');
  expect(gatewayTrackerOf({ state: 'WAITING', underWay: null })).toBeNull();
});
