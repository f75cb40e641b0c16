import { expect, test } from 'vitest';
import { flattened } from './flat';

const spacing = (...Value: unknown[]) => ({ '00280030': { vr: 'DS', Value } });
const shape = (json: Parameters<typeof flattened>[0]) => flattened(json)['00280030']?.Value;

test('a spacing of nought or nonsense is a square pixel', () => {
  expect(shape(spacing(0, 0))).toEqual([1, 1]);
  expect(shape(spacing('x', 1))).toEqual([1, 1]);
  expect(shape(spacing(-1, 2))).toEqual([1, 1]);
  expect(shape({})).toEqual([1, 1]);
});

test('a pixel that is not square keeps its shape', () => {
  expect(shape(spacing('0.4', 0.2))).toEqual([2, 1]);
  expect(shape({ '00280034': { vr: 'IS', Value: [4, 3] } })).toEqual([4 / 3, 1]);
});

test('position and orientation are left out, all else stays, and the header itself is not changed', () => {
  const json = {
    ...spacing(1, 1),
    '00200037': { vr: 'DS', Value: [0, 0, 0] },
    '00280010': { vr: 'US', Value: [5] },
  };

  const flat = flattened(json);

  expect(flat['00200037']).toBeUndefined();
  expect(flat['00280010']).toBe(json['00280010']);
  expect(json['00200037']).toBeDefined();
});
