import {
  cache,
  Enums,
  eventTarget,
  imageLoader,
  init as initCore,
  RenderingEngine,
  type Types,
} from '@cornerstonejs/core';
import { init as initLoader, wadors } from '@cornerstonejs/dicom-image-loader';
import { flattened } from '../imaging/flat';
import type { Point } from '../imaging/geometry';
import type { ImageHeader, Window } from '../imaging/header';
import { firstWindow, rangeOf } from '../imaging/window';
import { Problem } from '../wire/http';
import type { FrameSource, View, Viewport, ViewportListener } from './viewport';

const DOUBTFUL_MILLIS = 20_000;
const CACHE_BYTES = 512 * 1024 * 1024;
const running = new Map<string, XMLHttpRequest>();
let engine: RenderingEngine | undefined;
let count = 0;
let awaited = 0;

/** One engine for all viewports: browsers lose the oldest WebGL context when a page opens many. */
function start(): RenderingEngine {
  if (engine !== undefined) return engine;
  initCore({ rendering: { webGlContextCount: 1 }, debug: {} });
  cache.setMaxCacheSize(CACHE_BYTES);
  initLoader({
    maxWebWorkers: Math.max(1, Math.min(4, (navigator.hardwareConcurrency ?? 2) - 1)),
    beforeSend: (xhr, imageId) => {
      running.set(imageId, xhr);
      xhr.addEventListener('loadend', () => running.delete(imageId));
    },
  });
  engine = new RenderingEngine('heliograph');
  return engine;
}

function imageIdOf(source: FrameSource): string {
  const imageId = `wadors:${location.origin}${source.path}`;
  if (wadors.metaDataManager.get(imageId) === undefined) {
    wadors.metaDataManager.add(
      imageId,
      flattened(source.json) as Parameters<typeof wadors.metaDataManager.add>[1],
    );
  }
  return imageId;
}

/** The loader rejects with the request itself, or with whatever the decoder threw. */
function problemOf(failure: unknown): Problem {
  const nested =
    typeof failure === 'object' && failure !== null && 'error' in failure ? failure.error : failure;
  if (nested instanceof XMLHttpRequest) {
    if (nested.status === 0) {
      return new Problem({
        status: 0,
        code: 'IMAGE-OFFLINE',
        title: 'The image did not arrive.',
        next: 'Check the connection and try again.',
      });
    }
    return new Problem({
      status: nested.status,
      code: `IMAGE-${nested.status}`,
      title: `The hub did not give the image (${nested.status}).`,
      next: nested.status === 401 ? 'Sign in again.' : 'Try again, or ask the clinic to send it again.',
    });
  }
  return new Problem({
    status: -1,
    code: 'IMAGE-DECODE',
    title: 'The image cannot be decoded.',
    detail: nested instanceof Error ? nested.message : '',
    next: 'Try again; if it stays, ask the clinic to send the image again.',
  });
}

/**
 * Loads one frame. Some decoders throw where the loader does not listen: while a frame is awaited, an error that
 * nobody caught is taken as its own, so that there is a tile with words and never an endless wait.
 */
async function load(imageId: string): Promise<Types.IImage> {
  const end = new AbortController();
  awaited += 1;
  const stray = new Promise<never>((_, reject) => {
    // With two frames awaited nobody knows whose error it is: then one that does not come is given up later.
    const take = (reason: unknown) => {
      if (awaited === 1) reject(reason);
      else setTimeout(() => reject(reason), DOUBTFUL_MILLIS);
    };
    addEventListener('unhandledrejection', (event) => take(event.reason), { signal: end.signal });
    addEventListener('error', (event) => take(event.error), { signal: end.signal });
  });
  try {
    const options = { priority: 0, requestType: Enums.RequestType.Interaction };
    return await Promise.race([imageLoader.loadAndCacheImage(imageId, options), stray]);
  } catch (failure) {
    // A frame that failed must be asked for again, not remembered.
    if (cache.getImageLoadObject(imageId) !== undefined)
      cache.removeImageLoadObject(imageId, { force: true });
    throw failure;
  } finally {
    awaited -= 1;
    end.abort();
  }
}

/** A stack of 8 to 16 bit frames on Cornerstone3D, which decodes in workers and draws with WebGL. */
export class CornerstoneViewport implements Viewport {
  readonly #engine: RenderingEngine;
  readonly #id: string;
  readonly #viewport: Types.IStackViewport;
  readonly #listener: ViewportListener;
  readonly #onProgress: (event: Event) => void;
  #stack: readonly FrameSource[] = [];
  #imageIds: readonly string[] = [];
  #index = -1;
  #wanted = 0;
  #window: Window = { centre: 0, width: 1 };
  #own: Window = { centre: 0, width: 1 };
  #inverted = false;
  #fitted = true;
  #gone = false;

  constructor(element: HTMLDivElement, listener: ViewportListener) {
    this.#engine = start();
    this.#listener = listener;
    count += 1;
    this.#id = `viewport-${count}`;
    this.#engine.enableElement({
      viewportId: this.#id,
      element,
      type: Enums.ViewportType.STACK,
      defaultOptions: { background: [0, 0, 0] },
    });
    this.#viewport = this.#engine.getViewport(this.#id) as Types.IStackViewport;
    this.#onProgress = (event) => this.#progressed(event);
    eventTarget.addEventListener('cornerstoneimageloadprogress', this.#onProgress);
  }

  async show(stack: readonly FrameSource[], index: number): Promise<void> {
    const source = stack[index];
    if (source === undefined) return;
    const turn = ++this.#wanted;
    const imageIds = stack.map(imageIdOf);
    const sameStack = imageIds.join() === this.#imageIds.join();
    this.#stack = stack;
    this.#imageIds = imageIds;
    let image: Types.IImage;
    try {
      image = await load(imageIds[index] ?? '');
      if (this.#gone || turn !== this.#wanted) return;
      if (sameStack && this.#index >= 0) await this.#viewport.setImageIdIndex(index);
      else await this.#setStack(imageIds, index);
    } catch (failure) {
      if (this.#gone || turn !== this.#wanted) return;
      throw problemOf(failure);
    }
    if (this.#gone || turn !== this.#wanted) return;
    const first = this.#index < 0;
    this.#index = index;
    this.#own = firstWindow(source.header, { lower: image.minPixelValue, upper: image.maxPixelValue });
    if (first) {
      this.#window = this.#own;
      this.#inverted = false;
    }
    if (this.#fitted) this.fit();
    else this.#draw();
  }

  /** A stack grows while its images arrive: that changes nothing about how they are looked at. */
  async #setStack(imageIds: readonly string[], index: number): Promise<void> {
    const kept = this.#index < 0 ? undefined : this.#viewport.getViewPresentation();
    await this.#viewport.setStack([...imageIds], index);
    if (kept !== undefined && !this.#gone) this.#viewport.setViewPresentation(kept);
  }

  setWindow(window: Window): void {
    this.#window = window;
    this.#draw();
  }

  ownWindow(): Window {
    return this.#own;
  }

  toggleInvert(): void {
    this.#inverted = !this.#inverted;
    this.#draw();
  }

  rotate(degrees: 90 | -90): void {
    const { rotation = 0 } = this.#viewport.getViewPresentation();
    this.#viewport.setViewPresentation({ rotation: (rotation + degrees + 360) % 360 });
    if (this.#fitted) this.fit();
    else this.#draw();
  }

  flip(direction: 'horizontal' | 'vertical'): void {
    const { flipHorizontal = false, flipVertical = false } = this.#viewport.getCamera();
    this.#viewport.setCamera(
      direction === 'horizontal' ? { flipHorizontal: !flipHorizontal } : { flipVertical: !flipVertical },
    );
    this.#draw();
  }

  zoom(factor: number, at?: Point): void {
    if (this.#index < 0) return;
    const scale = this.#scale() * factor;
    if (scale < 0.01 || scale > 64) return;
    this.#fitted = false;
    const before = at === undefined ? undefined : this.toImage(at);
    this.#viewport.setZoom(this.#viewport.getZoom() * factor);
    if (at !== undefined && before !== undefined) {
      const now = this.toScreen(before);
      this.#shift(at.x - now.x, at.y - now.y);
    }
    this.#draw();
  }

  pan(dx: number, dy: number): void {
    this.#fitted = false;
    this.#shift(dx, dy);
    this.#draw();
  }

  fit(): void {
    const source = this.#stack[this.#index];
    if (source === undefined) return;
    const { clientWidth, clientHeight } = this.#viewport.element;
    const box = this.#box(source.header);
    const factor = Math.min(clientWidth / box.width, clientHeight / box.height);
    if (Number.isFinite(factor) && factor > 0) {
      this.#viewport.setZoom(this.#viewport.getZoom() * factor);
      const now = this.#box(source.header);
      this.#shift(clientWidth / 2 - now.middle.x, clientHeight / 2 - now.middle.y);
    }
    this.#fitted = true;
    this.#draw();
  }

  actualSize(): void {
    const scale = this.#scale();
    if (scale > 0) this.zoom(1 / (window.devicePixelRatio || 1) / scale);
  }

  reset(): void {
    this.#window = this.#own;
    this.#inverted = false;
    const { flipHorizontal, flipVertical } = this.#viewport.getCamera();
    if (flipHorizontal === true) this.#viewport.setCamera({ flipHorizontal: false });
    if (flipVertical === true) this.#viewport.setCamera({ flipVertical: false });
    this.#viewport.setViewPresentation({ rotation: 0 });
    this.fit();
  }

  toImage(screen: Point): Point {
    const { imageData } = this.#viewport.getImageData() ?? {};
    if (imageData?.worldToIndex === undefined) return { x: 0, y: 0 };
    const [x = 0, y = 0] = imageData.worldToIndex(this.#viewport.canvasToWorld([screen.x, screen.y]));
    return { x, y };
  }

  toScreen(image: Point): Point {
    const { imageData } = this.#viewport.getImageData() ?? {};
    if (imageData?.indexToWorld === undefined) return { x: 0, y: 0 };
    const world = imageData.indexToWorld([image.x, image.y, 0]) as Types.Point3;
    const [x, y] = this.#viewport.worldToCanvas(world);
    return { x, y };
  }

  resize(): void {
    if (this.#gone) return;
    this.#engine.resize(true, true);
    if (this.#fitted) this.fit();
    else this.#tell();
  }

  destroy(): void {
    this.#gone = true;
    eventTarget.removeEventListener('cornerstoneimageloadprogress', this.#onProgress);
    for (const imageId of this.#imageIds) running.get(imageId)?.abort();
    this.#engine.disableElement(this.#id);
  }

  /** Where the whole image is on the screen, whatever its rotation. */
  #box(header: ImageHeader): { width: number; height: number; middle: Point } {
    const from = this.toScreen({ x: -0.5, y: -0.5 });
    const to = this.toScreen({ x: header.columns - 0.5, y: header.rows - 0.5 });
    return {
      width: Math.abs(to.x - from.x),
      height: Math.abs(to.y - from.y),
      middle: { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 },
    };
  }

  #shift(dx: number, dy: number): void {
    const [x, y] = this.#viewport.getPan();
    this.#viewport.setPan([x + dx, y + dy]);
  }

  #scale(): number {
    const origin = this.toScreen({ x: 0, y: 0 });
    const along = this.toScreen({ x: 100, y: 0 });
    return Math.hypot(along.x - origin.x, along.y - origin.y) / 100;
  }

  #apply(header: ImageHeader): void {
    if (header.samplesPerPixel > 1) {
      this.#viewport.setProperties({ invert: this.#inverted });
      return;
    }
    this.#viewport.setProperties({
      voiRange: rangeOf(this.#window),
      VOILUTFunction: header.sigmoid
        ? Enums.VOILUTFunctionType.SAMPLED_SIGMOID
        : Enums.VOILUTFunctionType.LINEAR,
      // MONOCHROME1 shows its lowest value white (PS3.3 C.7.6.3.1.2): that is its upright state.
      invert: this.#inverted !== (header.photometric === 'MONOCHROME1'),
    });
  }

  #draw(): void {
    const source = this.#stack[this.#index];
    if (this.#gone || source === undefined) return;
    this.#apply(source.header);
    this.#viewport.render();
    this.#tell();
  }

  #tell(): void {
    if (this.#index < 0 || this.#gone) return;
    const { flipHorizontal = false, flipVertical = false } = this.#viewport.getCamera();
    const view: View = {
      index: this.#index,
      window: this.#window,
      scale: this.#scale(),
      rotation: Math.round(this.#viewport.getViewPresentation().rotation ?? 0) % 360,
      flippedHorizontally: flipHorizontal,
      flippedVertically: flipVertical,
      inverted: this.#inverted,
    };
    this.#listener.changed(view);
  }

  #progressed(event: Event): void {
    const { imageId, loaded, total } = (
      event as CustomEvent<{ imageId: string; loaded: number; total?: number }>
    ).detail;
    const index = this.#imageIds.indexOf(imageId);
    if (index >= 0 && !this.#gone) this.#listener.progress({ index, loaded, total: total ?? 0 });
  }
}
