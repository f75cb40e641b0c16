import { computed, type ReadonlySignal, signal } from '@preact/signals';
import { distanceTo, inside, type Point, type Segment } from '../imaging/geometry';
import type { ImageHeader, Window } from '../imaging/header';
import { dragWindow, presetsOf } from '../imaging/window';
import type { FrameSource, Progress, View, Viewport, ViewportListener } from '../render/viewport';

export type Tool = 'window' | 'pan' | 'zoom' | 'length';
export type MakeViewport = (element: HTMLDivElement, listener: ViewportListener) => Promise<Viewport>;

const SHORTEST_PX = 3;
const NEAR_PX = 8;

/** One grey viewport and what a reader does in it: the tool in hand, the window, the lengths drawn on each frame. */
export class Stack {
  readonly view = signal<View | null>(null);
  readonly progress = signal<Progress | null>(null);
  readonly failure = signal<unknown>(null);
  readonly ready = signal(false);
  readonly tool = signal<Tool>('window');
  readonly header = signal<ImageHeader | null>(null);
  /** The length being drawn, and the cross that the keyboard moves, in image pixels. */
  readonly drawing = signal<Segment | null>(null);
  readonly cross = signal<Point | null>(null);
  readonly lengths: ReadonlySignal<readonly Segment[]>;
  readonly presets: ReadonlySignal<readonly Required<Window>[]>;

  readonly #make: MakeViewport;
  readonly #drawn = signal<ReadonlyMap<string, readonly Segment[]>>(new Map());
  readonly #path = signal('');
  #viewport: Viewport | null = null;
  #gone = false;
  #shown: { sources: readonly FrameSource[]; index: number } | null = null;

  constructor(make: MakeViewport) {
    this.#make = make;
    this.lengths = computed(() => this.#drawn.value.get(this.#path.value) ?? []);
    this.presets = computed(() => {
      const header = this.header.value;
      const view = this.view.value;
      if (header === null || view === null) return [];
      return presetsOf(header, this.#viewport?.ownWindow() ?? view.window);
    });
  }

  get viewport(): Viewport | null {
    return this.#viewport;
  }

  async attach(element: HTMLDivElement): Promise<void> {
    try {
      const viewport = await this.#make(element, {
        changed: (view) => {
          this.view.value = view;
        },
        progress: (progress) => {
          if (progress.index === this.#shown?.index) this.progress.value = progress;
        },
      });
      if (this.#gone) return viewport.destroy();
      this.#viewport = viewport;
      this.ready.value = true;
      const shown = this.#shown;
      if (shown !== null) await this.show(shown.sources, shown.index);
    } catch (failure) {
      this.failure.value = failure;
    }
  }

  detach(): void {
    this.#gone = true;
    this.#viewport?.destroy();
    this.#viewport = null;
  }

  async show(sources: readonly FrameSource[], index: number): Promise<void> {
    const source = sources[index];
    if (source === undefined) return;
    this.#shown = { sources, index };
    this.drawing.value = null;
    this.cross.value = null;
    if (this.#viewport === null) return;
    this.failure.value = null;
    this.progress.value = { index, loaded: 0, total: 0 };
    try {
      await this.#viewport.show(sources, index);
      if (this.#shown.index !== index) return;
      this.header.value = source.header;
      this.#path.value = source.path;
    } catch (failure) {
      if (this.#shown.index === index) this.failure.value = failure;
    } finally {
      if (this.#shown.index === index) this.progress.value = null;
    }
  }

  retry(): void {
    if (this.#shown !== null) void this.show(this.#shown.sources, this.#shown.index);
  }

  preset(number: number): boolean {
    const preset = this.presets.value[number - 1];
    if (preset === undefined) return false;
    this.#viewport?.setWindow({ centre: preset.centre, width: preset.width });
    return true;
  }

  moveWindow(from: Window, rightPx: number, downPx: number): void {
    this.#viewport?.setWindow(dragWindow(from, rightPx, downPx));
  }

  nudgeWindow(rightPx: number, downPx: number): void {
    const window = this.view.value?.window;
    if (window !== undefined) this.moveWindow(window, rightPx, downPx);
  }

  /** Begins a length, or ends the one begun: one call for each end. */
  mark(at: Point): void {
    const header = this.header.value;
    if (header === null || !inside(at, header.columns, header.rows)) return;
    const drawing = this.drawing.value;
    if (drawing === null) this.drawing.value = { from: at, to: at };
    else this.finish(at);
  }

  stretch(to: Point): void {
    const drawing = this.drawing.value;
    if (drawing !== null) this.drawing.value = { from: drawing.from, to };
  }

  finish(to: Point): void {
    const drawing = this.drawing.value;
    this.drawing.value = null;
    if (drawing === null) return;
    const length = Math.hypot(to.x - drawing.from.x, to.y - drawing.from.y);
    if (length * (this.view.value?.scale ?? 1) < SHORTEST_PX) return;
    this.#setLengths([...this.lengths.value, { from: drawing.from, to }]);
  }

  /** Removes the length that is under a point of the image, if any. */
  erase(at: Point): void {
    const near = NEAR_PX / (this.view.value?.scale ?? 1);
    const hit = this.lengths.value.findLast((each) => distanceTo(at, each) <= near);
    if (hit !== undefined) this.#setLengths(this.lengths.value.filter((each) => each !== hit));
  }

  clearLengths(): void {
    this.drawing.value = null;
    this.#setLengths([]);
  }

  #setLengths(segments: readonly Segment[]): void {
    this.#drawn.value = new Map(this.#drawn.value).set(this.#path.value, segments);
  }
}
