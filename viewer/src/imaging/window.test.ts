import { describe, expect, test } from 'vitest';
import { readHeader } from './header';
import { dragWindow, firstWindow, presetsOf, rangeOf, shade, valueRange, windowOf } from './window';

const header = (extra: Record<string, { vr: string; Value: unknown[] }> = {}) =>
  readHeader({
    '00080060': { vr: 'CS', Value: ['DX'] },
    '00280101': { vr: 'US', Value: [12] },
    ...extra,
  });

describe('a linear window', () => {
  // PS3.3 C.11.2.1.2.1, second example of Table C.11-2a: c = 2048, w = 4096 passes 0..4095 through.
  test('of centre 2048 and width 4096 shows 0 black, 4095 white and nothing clipped between', () => {
    const window = { centre: 2048, width: 4096 };

    expect(rangeOf(window)).toEqual({ lower: 0, upper: 4095 });
    expect(shade(0, window)).toBe(0);
    expect(shade(4095, window)).toBe(1);
    expect(shade(1, window)).toBeCloseTo(1 / 4095, 12);
  });

  test('of width 1 is a threshold', () => {
    const window = { centre: 2048, width: 1 };

    expect(shade(2047, window)).toBe(0);
    expect(shade(2048, window)).toBe(1);
  });

  // The standard's example: c = 0, w = 100 maps -50 to black and 49 to white.
  test('of centre 0 and width 100 runs from -50 to 49', () => {
    const window = { centre: 0, width: 100 };

    expect(rangeOf(window)).toEqual({ lower: -50, upper: 49 });
    expect(shade(-0.5, window)).toBeCloseTo(0.5, 12);
  });

  test('comes back from its range', () => {
    for (const window of [
      { centre: 40, width: 400 },
      { centre: -600.5, width: 1501 },
    ]) {
      expect(windowOf(rangeOf(window))).toEqual(window);
    }
  });
});

test('dragging right widens, down raises the centre, and the width never falls below 1', () => {
  const from = { centre: 1000, width: 2000 };

  expect(dragWindow(from, 100, 0).width).toBeGreaterThan(2000);
  expect(dragWindow(from, 0, 100).centre).toBeGreaterThan(1000);
  expect(dragWindow(from, -100_000, 0).width).toBe(1);
});

test('the value range follows bits, sign and rescale', () => {
  expect(valueRange(header())).toEqual({ lower: 0, upper: 4095 });
  expect(valueRange({ bitsStored: 16, signed: true, slope: 1, intercept: 0 })).toEqual({
    lower: -32768,
    upper: 32767,
  });
  expect(valueRange({ bitsStored: 8, signed: false, slope: -2, intercept: 10 })).toEqual({
    lower: -500,
    upper: 10,
  });
});

test('the first window is the header’s, else that of the values seen, else of those possible', () => {
  const own = header({ '00281050': { vr: 'DS', Value: [7] }, '00281051': { vr: 'DS', Value: [9] } });

  expect(firstWindow(own, { lower: 0, upper: 1 })).toEqual({ centre: 7, width: 9 });
  expect(rangeOf(firstWindow(header(), { lower: 100, upper: 300 }))).toEqual({ lower: 100, upper: 300 });
  expect(rangeOf(firstWindow(header(), { lower: 5, upper: 5 }))).toEqual({ lower: 0, upper: 4095 });
});

test('there are never more presets than number keys', () => {
  const many = header({
    '00281050': { vr: 'DS', Value: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] },
    '00281051': { vr: 'DS', Value: [9, 9, 9, 9, 9, 9, 9, 9, 9, 9] },
  });

  expect(presetsOf(many, { centre: 0, width: 1 })).toHaveLength(9);
  expect(presetsOf(header(), { centre: 50, width: 100 }).map((each) => each.name)).toContain('Whole range');
});
