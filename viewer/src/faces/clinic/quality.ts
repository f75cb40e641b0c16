/**
 * The verdict on a photo, made on the phone before it is sent. Pixel arithmetic only: no DOM, no framework.
 *
 * Minimum sizes follow the guideline figures for clinical photography in product.md: below 800×600 refused,
 * below 1024×768 warned. Focus and light only ever warn: smooth skin has little detail of its own, so a low
 * figure is a reason to look again, never a reason to keep a picture from the reader.
 */

export interface PixelMeasure {
  /** Variance of the Laplacian (grey levels 0–255) in the sharpest tile of the picture. */
  readonly sharpness: number;
  /** Mean luma, 0–255. */
  readonly brightness: number;
  /** Share of pixels at or next to white (glare, flash), 0–1. */
  readonly glare: number;
  /** Share of pixels at or next to black, 0–1. */
  readonly darkness: number;
}

export type PhotoWarning = 'SMALL' | 'BLURRED' | 'TOO_DARK' | 'TOO_BRIGHT';

export type Verdict =
  | { readonly kind: 'good' }
  | { readonly kind: 'usable'; readonly warnings: readonly PhotoWarning[] }
  | { readonly kind: 'refused'; readonly reason: 'TOO_SMALL' | 'UNREADABLE' };

/** The picture is measured on a copy whose long side has at most this many pixels, so that figures compare. */
export const MEASURED_LONG_SIDE = 768;

const TILES = 6;
const MIN_SHARPNESS = 45;
const MIN_BRIGHTNESS = 45;
const MAX_BRIGHTNESS = 225;
const MAX_GLARE = 0.3;
const MAX_DARKNESS = 0.5;

/** Measures interleaved RGBA pixels. */
export function measure(rgba: Uint8ClampedArray, width: number, height: number): PixelMeasure {
  const count = width * height;
  const luma = new Float32Array(count);
  let sum = 0;
  let white = 0;
  let black = 0;
  for (let i = 0, p = 0; i < count; i++, p += 4) {
    // ITU-R BT.601 weights
    const y = 0.299 * (rgba[p] ?? 0) + 0.587 * (rgba[p + 1] ?? 0) + 0.114 * (rgba[p + 2] ?? 0);
    luma[i] = y;
    sum += y;
    if (y >= 250) white++;
    if (y <= 8) black++;
  }
  return {
    sharpness: sharpestTile(luma, width, height),
    brightness: count === 0 ? 0 : sum / count,
    glare: count === 0 ? 0 : white / count,
    darkness: count === 0 ? 0 : black / count,
  };
}

export function judge(width: number, height: number, pixels: PixelMeasure): Verdict {
  const long = Math.max(width, height);
  const short = Math.min(width, height);
  if (long < 800 || short < 600) return { kind: 'refused', reason: 'TOO_SMALL' };

  const warnings: PhotoWarning[] = [];
  if (long < 1024 || short < 768) warnings.push('SMALL');
  const tooDark = pixels.brightness < MIN_BRIGHTNESS || pixels.darkness > MAX_DARKNESS;
  const tooBright = pixels.brightness > MAX_BRIGHTNESS || pixels.glare > MAX_GLARE;
  if (tooDark) warnings.push('TOO_DARK');
  else if (tooBright) warnings.push('TOO_BRIGHT');
  if (pixels.sharpness < MIN_SHARPNESS) warnings.push('BLURRED');
  return warnings.length === 0 ? { kind: 'good' } : { kind: 'usable', warnings };
}

/** The greatest tile variance: one part in focus is enough, since a close-up has a soft background. */
function sharpestTile(luma: Float32Array, width: number, height: number): number {
  const tileWidth = Math.floor((width - 2) / TILES);
  const tileHeight = Math.floor((height - 2) / TILES);
  if (tileWidth < 1 || tileHeight < 1) return 0;

  let sharpest = 0;
  for (let row = 0; row < TILES; row++) {
    for (let column = 0; column < TILES; column++) {
      const left = 1 + column * tileWidth;
      const top = 1 + row * tileHeight;
      sharpest = Math.max(sharpest, laplacianVariance(luma, width, left, top, tileWidth, tileHeight));
    }
  }
  return sharpest;
}

function laplacianVariance(
  luma: Float32Array,
  stride: number,
  left: number,
  top: number,
  width: number,
  height: number,
): number {
  let sum = 0;
  let sumOfSquares = 0;
  for (let y = top; y < top + height; y++) {
    for (let x = left; x < left + width; x++) {
      const i = y * stride + x;
      const value =
        (luma[i - stride] ?? 0) +
        (luma[i + stride] ?? 0) +
        (luma[i - 1] ?? 0) +
        (luma[i + 1] ?? 0) -
        4 * (luma[i] ?? 0);
      sum += value;
      sumOfSquares += value * value;
    }
  }
  const count = width * height;
  const mean = sum / count;
  return sumOfSquares / count - mean * mean;
}
