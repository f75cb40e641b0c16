import { expect, test } from 'vitest';
import { distanceTo, fitted, inside, lengthOf, lengthText, percentText, zoomed } from './geometry';

const segment = { from: { x: 10, y: 10 }, to: { x: 13, y: 14 } };

test('a length is in millimetres only when the image is calibrated', () => {
  expect(lengthText(lengthOf(segment, { kind: 'none' }))).toBe('5 px');
  expect(lengthText(lengthOf(segment, { kind: 'patient', rowMm: 2, columnMm: 2 }))).toBe('10.0 mm');
  expect(lengthText(lengthOf(segment, { kind: 'detector', rowMm: 2, columnMm: 2 }))).toBe(
    '10.0 mm at detector',
  );
});

test('row spacing counts down the image and column spacing along a row', () => {
  const calibration = { kind: 'patient', rowMm: 10, columnMm: 1 } as const;

  expect(lengthOf({ from: { x: 0, y: 0 }, to: { x: 3, y: 0 } }, calibration).value).toBe(3);
  expect(lengthOf({ from: { x: 0, y: 0 }, to: { x: 0, y: 3 } }, calibration).value).toBe(30);
});

test('the edge of the image runs half a pixel around the middles of its outer pixels', () => {
  expect(inside({ x: -0.5, y: 0 }, 10, 10)).toBe(true);
  expect(inside({ x: 9.6, y: 0 }, 10, 10)).toBe(false);
});

test('the distance from a segment is measured to its nearest point', () => {
  const line = { from: { x: 0, y: 0 }, to: { x: 10, y: 0 } };

  expect(distanceTo({ x: 5, y: 3 }, line)).toBe(3);
  expect(distanceTo({ x: 13, y: 4 }, line)).toBe(5);
  expect(distanceTo({ x: 3, y: 4 }, { from: { x: 0, y: 0 }, to: { x: 0, y: 0 } })).toBe(5);
});

test('a fitted picture is whole and in the middle', () => {
  expect(fitted({ width: 800, height: 900 }, { width: 2048, height: 2500 })).toEqual({
    scale: 0.36,
    left: (800 - 2048 * 0.36) / 2,
    top: 0,
  });
});

test('zooming keeps the point under the pointer where it is', () => {
  const before = { scale: 0.5, left: 20, top: -30 };
  const at = { x: 300, y: 200 };
  const point = { x: (at.x - before.left) / before.scale, y: (at.y - before.top) / before.scale };

  const after = zoomed(before, 3, at);

  expect(after.left + point.x * after.scale).toBeCloseTo(at.x, 9);
  expect(after.top + point.y * after.scale).toBeCloseTo(at.y, 9);
  expect(zoomed(before, 1e9, at).scale).toBe(40);
});

test('one hundred percent is one picture pixel on one screen pixel', () => {
  expect(percentText(0.5, 2)).toBe('100 %');
  expect(percentText(0.056, 1)).toBe('5.6 %');
});
