import type { ImageHeader, Window } from './header';

export interface Range {
  readonly lower: number;
  readonly upper: number;
}

/** The values shown black and white by a linear window (PS3.3 C.11.2.1.2.1). */
export function rangeOf({ centre, width }: Window): Range {
  const half = (Math.max(width, 1) - 1) / 2;
  return { lower: centre - 0.5 - half, upper: centre - 0.5 + half };
}

export function windowOf({ lower, upper }: Range): Window {
  return { centre: (lower + upper) / 2 + 0.5, width: Math.max(1, upper - lower + 1) };
}

/** The shown brightness, 0 to 1, of a value under a linear window: the formula of PS3.3 C.11.2.1.2.1. */
export function shade(value: number, { centre, width }: Window): number {
  const w = Math.max(width, 1);
  if (value <= centre - 0.5 - (w - 1) / 2) return 0;
  if (value > centre - 0.5 + (w - 1) / 2) return 1;
  return (value - (centre - 0.5)) / (w - 1) + 0.5;
}

/** The values that an image of this description can hold, after the modality LUT. */
export function valueRange(
  header: Pick<ImageHeader, 'bitsStored' | 'signed' | 'slope' | 'intercept'>,
): Range {
  const levels = 2 ** Math.max(1, header.bitsStored);
  const low = header.signed ? -levels / 2 : 0;
  const ends = [low, low + levels - 1].map((stored) => stored * header.slope + header.intercept);
  return { lower: Math.min(...ends), upper: Math.max(...ends) };
}

/**
 * A window after dragging: right widens, down darkens. The step follows the width, so that a drag feels the same in
 * an 8 bit and in a 16 bit image.
 */
export function dragWindow(from: Window, rightPx: number, downPx: number): Window {
  const step = Math.max(from.width, 16) / 400;
  const width = Math.max(1, from.width + rightPx * step * 1.5);
  return { centre: from.centre + downPx * step, width };
}

/** Presets on the keys 1 to 9: the header's own windows first, then fractions of the whole range or CT's usual ones. */
export function presetsOf(header: ImageHeader, fallback: Window): readonly Required<Window>[] {
  const presets: Required<Window>[] = header.windows.map((window, index) => ({
    ...window,
    name: window.name ?? (index === 0 ? 'As acquired' : `As acquired ${index + 1}`),
  }));
  if (header.modality === 'CT') {
    presets.push(
      { name: 'Soft tissue', centre: 40, width: 400 },
      { name: 'Lung', centre: -600, width: 1500 },
      { name: 'Bone', centre: 480, width: 2500 },
      { name: 'Brain', centre: 40, width: 80 },
    );
  } else {
    const base = presets[0] ?? { ...fallback, name: 'Whole range' };
    presets.push(
      { name: 'High contrast', centre: base.centre, width: Math.max(1, base.width * 0.5) },
      { name: 'Low contrast', centre: base.centre, width: base.width * 1.6 },
      { name: 'Bright: soft tissue', centre: base.centre - base.width * 0.22, width: base.width * 0.7 },
      { name: 'Dark: dense bone', centre: base.centre + base.width * 0.22, width: base.width * 0.7 },
    );
    presets.push({ name: 'Whole range', ...windowOf(valueRange(header)) });
  }
  return presets.slice(0, 9);
}

/** A first window for an image without one: from the values it really has, or else from what it can hold. */
export function firstWindow(header: ImageHeader, seen: Range | null): Window {
  const own = header.windows[0];
  if (own !== undefined) return own;
  return windowOf(seen !== null && seen.upper > seen.lower ? seen : valueRange(header));
}
