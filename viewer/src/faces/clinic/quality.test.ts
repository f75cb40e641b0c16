import { describe, expect, test } from 'vitest';
import { judge, measure, type PixelMeasure } from './quality';

function grey(width: number, height: number, level: (x: number, y: number) => number): Uint8ClampedArray {
  const rgba = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) rgba.fill(level(x, y), (y * width + x) * 4, (y * width + x) * 4 + 4);
  }
  return rgba;
}

const fine: PixelMeasure = { sharpness: 500, brightness: 128, glare: 0, darkness: 0 };

describe('measuring', () => {
  test('an even surface has no detail and its own brightness', () => {
    const measured = measure(
      grey(62, 62, () => 100),
      62,
      62,
    );

    expect(measured.sharpness).toBeCloseTo(0, 6);
    expect(measured.brightness).toBeCloseTo(100, 3);
    expect(measured.glare).toBe(0);
    expect(measured.darkness).toBe(0);
  });

  test('a checkerboard of 100 and 110 has a Laplacian of ±40 everywhere: variance 1600', () => {
    // Each pixel's four neighbours are of the other colour: 4·110 − 4·100 = 40, and −40 the other way round.
    const measured = measure(
      grey(62, 62, (x, y) => ((x + y) % 2 === 0 ? 100 : 110)),
      62,
      62,
    );

    expect(measured.sharpness).toBeCloseTo(1600, 1);
  });

  test('one tile in focus is enough, since a close-up has a soft background', () => {
    const measured = measure(
      grey(122, 122, (x, y) => (x < 21 && y < 21 && (x + y) % 2 === 0 ? 140 : 128)),
      122,
      122,
    );

    expect(judge(4000, 3000, measured)).toEqual({ kind: 'good' });
  });

  test('glare and darkness are shares of the picture', () => {
    const measured = measure(
      grey(40, 40, (x) => (x < 10 ? 255 : x < 30 ? 0 : 128)),
      40,
      40,
    );

    expect(measured.glare).toBeCloseTo(0.25, 6);
    expect(measured.darkness).toBeCloseTo(0.5, 6);
  });
});

describe('the verdict', () => {
  test.each([
    [799, 600, 'refused'],
    [800, 599, 'refused'],
    [800, 600, 'usable'],
    [600, 800, 'usable'],
    [1024, 767, 'usable'],
    [1024, 768, 'good'],
    [768, 1024, 'good'],
  ])('%d × %d is %s', (width, height, kind) => {
    expect(judge(width, height, fine).kind).toBe(kind);
  });

  test('blur and bad light warn and never refuse', () => {
    expect(judge(4000, 3000, { ...fine, sharpness: 3, brightness: 20 })).toEqual({
      kind: 'usable',
      warnings: ['TOO_DARK', 'BLURRED'],
    });
    expect(judge(4000, 3000, { ...fine, glare: 0.6 })).toEqual({ kind: 'usable', warnings: ['TOO_BRIGHT'] });
  });
});
