import type { Point } from '../imaging/geometry';
import type { ImageHeader, Window } from '../imaging/header';
import type { DicomJson } from '../wire/dicomweb';

/** One image that a viewport can show: a frame by address, with the header that describes it. */
export interface FrameSource {
  readonly path: string;
  readonly header: ImageHeader;
  /** The header as the hub sent it, for the decoder. */
  readonly json: DicomJson;
}

export interface View {
  readonly index: number;
  readonly window: Window;
  /** Screen pixels (CSS) per image pixel. */
  readonly scale: number;
  readonly rotation: number;
  readonly flippedHorizontally: boolean;
  readonly flippedVertically: boolean;
  readonly inverted: boolean;
}

export interface Progress {
  readonly index: number;
  readonly loaded: number;
  /** 0 when the hub did not say. */
  readonly total: number;
}

export interface ViewportListener {
  readonly changed: (view: View) => void;
  readonly progress: (progress: Progress) => void;
}

/**
 * What the reading room needs of an imaging library, and all that it may use of it. Points on the screen are CSS
 * pixels from the viewport's top left corner. After `destroy` nothing is fetched or drawn any more.
 */
export interface Viewport {
  /** Loads and shows one frame of the stack; rejects with a `Problem` when it cannot be fetched or decoded. */
  show(stack: readonly FrameSource[], index: number): Promise<void>;
  setWindow(window: Window): void;
  /** The window that the image comes with, or one over its values. */
  ownWindow(): Window;
  toggleInvert(): void;
  rotate(degrees: 90 | -90): void;
  flip(direction: 'horizontal' | 'vertical'): void;
  zoom(factor: number, at?: Point): void;
  pan(dx: number, dy: number): void;
  fit(): void;
  /** One image pixel on one pixel of the screen. */
  actualSize(): void;
  reset(): void;
  toImage(screen: Point): Point;
  toScreen(image: Point): Point;
  resize(): void;
  destroy(): void;
}
