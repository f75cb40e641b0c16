import type { Calibration } from './header';

/** A point in an image, in pixels: (0, 0) is the middle of the top left pixel; x runs along a row. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Segment {
  readonly from: Point;
  readonly to: Point;
}

export type Length =
  | { readonly unit: 'px'; readonly value: number }
  | { readonly unit: 'mm'; readonly value: number; readonly atDetector: boolean };

/** The length of a segment: in millimetres only when the image says what a pixel measures. */
export function lengthOf({ from, to }: Segment, calibration: Calibration): Length {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  if (calibration.kind === 'none') return { unit: 'px', value: Math.hypot(dx, dy) };
  // Row spacing is the distance between rows, that is along y (PS3.3 10.7.1.1).
  const value = Math.hypot(dx * calibration.columnMm, dy * calibration.rowMm);
  return { unit: 'mm', value, atDetector: calibration.kind === 'detector' };
}

export function lengthText(length: Length): string {
  if (length.unit === 'px') return `${length.value.toFixed(0)} px`;
  return `${length.value.toFixed(1)} mm${length.atDetector ? ' at detector' : ''}`;
}

export function inside(point: Point, columns: number, rows: number): boolean {
  return point.x >= -0.5 && point.y >= -0.5 && point.x <= columns - 0.5 && point.y <= rows - 0.5;
}

/** The distance of a point from a segment, in the same units as the points. */
export function distanceTo(point: Point, { from, to }: Segment): number {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const square = dx * dx + dy * dy;
  const along = square === 0 ? 0 : ((point.x - from.x) * dx + (point.y - from.y) * dy) / square;
  const at = Math.min(1, Math.max(0, along));
  return Math.hypot(point.x - from.x - at * dx, point.y - from.y - at * dy);
}

export interface Placement {
  /** Screen pixels per picture pixel. */
  readonly scale: number;
  /** Where the picture's top left corner is on the screen. */
  readonly left: number;
  readonly top: number;
}

/** The placement that shows the whole picture in the middle of a frame, never larger than `most` times its size. */
export function fitted(
  frame: { width: number; height: number },
  picture: { width: number; height: number },
  most = Number.POSITIVE_INFINITY,
): Placement {
  if (picture.width <= 0 || picture.height <= 0) return { scale: 1, left: 0, top: 0 };
  const scale = Math.min(frame.width / picture.width, frame.height / picture.height, most);
  return {
    scale,
    left: (frame.width - picture.width * scale) / 2,
    top: (frame.height - picture.height * scale) / 2,
  };
}

/** Zooms so that the picture's point under `at` stays under it. */
export function zoomed(placement: Placement, factor: number, at: Point): Placement {
  const scale = Math.min(40, Math.max(0.01, placement.scale * factor));
  const ratio = scale / placement.scale;
  return {
    scale,
    left: at.x - (at.x - placement.left) * ratio,
    top: at.y - (at.y - placement.top) * ratio,
  };
}

/** Zoom as a person says it: `100 %` is one picture pixel on one screen pixel. */
export function percentText(scale: number, pixelRatio: number): string {
  const percent = scale * pixelRatio * 100;
  return `${percent < 10 ? percent.toFixed(1) : percent.toFixed(0)} %`;
}
