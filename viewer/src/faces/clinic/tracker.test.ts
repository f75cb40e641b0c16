import { expect, test } from 'vitest';
import type { CaseState } from '../../wire/types';
import { trackerOf } from './tracker';

const at = (state: CaseState) =>
  trackerOf(state)
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
])('a case that is %s stands at %s', (state, way) => {
  expect(at(state)).toBe(way);
});
