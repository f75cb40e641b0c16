import type { Point } from '../../../imaging/geometry';
import type { Stack, Tool } from '../../../state/stack';

const PRIMARY = 0;
const MIDDLE = 1;
const SECONDARY = 2;
const touching = new Map<number, Point>();

function place(event: PointerEvent | WheelEvent, frame: Element): Point {
  const box = frame.getBoundingClientRect();
  return { x: event.clientX - box.left, y: event.clientY - box.top };
}

/** The left button has the chosen tool; the middle one always pans and the right one always zooms. */
function toolFor(event: PointerEvent, chosen: Tool): Tool {
  if (event.button === MIDDLE) return 'pan';
  if (event.button === SECONDARY) return 'zoom';
  return event.shiftKey ? 'pan' : chosen;
}

interface Movable {
  pan(dx: number, dy: number): void;
  zoom(factor: number, at?: Point): void;
}

/** Moves one of two fingers: the picture follows their middle and grows with their distance. */
function pinch(picture: Movable, id: number, to: Point): void {
  const [a, b] = [...touching.values()];
  touching.set(id, to);
  const [c, d] = [...touching.values()];
  if (a === undefined || b === undefined || c === undefined || d === undefined) return;
  const spread = Math.hypot(a.x - b.x, a.y - b.y);
  const middle = { x: (c.x + d.x) / 2, y: (c.y + d.y) / 2 };
  picture.pan(middle.x - (a.x + b.x) / 2, middle.y - (a.y + b.y) / 2);
  if (spread > 0) picture.zoom(Math.hypot(c.x - d.x, c.y - d.y) / spread, middle);
}

interface Press {
  readonly event: PointerEvent;
  readonly frame: HTMLElement;
  readonly picture: Movable;
  readonly onMove: (at: Point, last: Point) => void;
  readonly onPinch?: () => void;
  readonly onEnd?: (last: Point) => void;
}

/** Follows one press until it is let go; a second finger turns it into a pinch. */
function follow({ event, frame, picture, onMove, onPinch, onEnd }: Press): void {
  const end = new AbortController();
  const touch = event.pointerType === 'touch';
  let last = place(event, frame);
  frame.focus({ preventScroll: true });
  frame.setPointerCapture(event.pointerId);
  if (touch) touching.set(event.pointerId, last);
  const move = (next: PointerEvent) => {
    if (next.pointerId !== event.pointerId) return;
    const at = place(next, frame);
    if (touch && touching.size > 1) {
      onPinch?.();
      pinch(picture, event.pointerId, at);
    } else {
      onMove(at, last);
      if (touch) touching.set(event.pointerId, at);
    }
    last = at;
  };
  const stop = (next: PointerEvent) => {
    if (next.pointerId !== event.pointerId) return;
    touching.delete(event.pointerId);
    onEnd?.(last);
    end.abort();
  };
  frame.addEventListener('pointermove', move, { signal: end.signal });
  frame.addEventListener('pointerup', stop, { signal: end.signal });
  frame.addEventListener('pointercancel', stop, { signal: end.signal });
}

function onControl(event: PointerEvent): boolean {
  return event.target instanceof Element && event.target.closest('button, .problem') !== null;
}

/** A photo is moved by dragging and zoomed by two fingers. */
export function dragPhoto(event: PointerEvent, frame: HTMLElement, picture: Movable): void {
  if (onControl(event)) return;
  follow({ event, frame, picture, onMove: (at, last) => picture.pan(at.x - last.x, at.y - last.y) });
}

/** A press on a grey image does what the tool in hand does: window, pan, zoom or length. */
export function followPointer(event: PointerEvent, stack: Stack): void {
  const frame = event.currentTarget;
  const { viewport } = stack;
  if (!(frame instanceof HTMLElement) || viewport === null || stack.view.value === null) return;
  if (onControl(event)) return;
  if (event.button === MIDDLE) event.preventDefault();

  const start = place(event, frame);
  const window = stack.view.value.window;
  const tool = toolFor(event, stack.tool.value);
  const measuring = tool === 'length' && event.button === PRIMARY && touching.size === 0;
  if (measuring) {
    stack.drawing.value = null;
    stack.mark(viewport.toImage(start));
  }
  follow({
    event,
    frame,
    picture: viewport,
    onMove: (at, last) => {
      if (tool === 'window') stack.moveWindow(window, at.x - start.x, at.y - start.y);
      else if (tool === 'pan') viewport.pan(at.x - last.x, at.y - last.y);
      else if (tool === 'zoom') viewport.zoom(Math.exp((last.y - at.y) / 150), start);
      else if (measuring) stack.stretch(viewport.toImage(at));
    },
    onPinch: () => {
      stack.drawing.value = null;
    },
    onEnd: (last) => {
      if (measuring && stack.drawing.value !== null) stack.finish(viewport.toImage(last));
    },
  });
}

/** The wheel goes through a stack of several images; with Ctrl, or on a single image, it zooms. */
export function onWheel(
  event: WheelEvent,
  stack: Stack,
  several: boolean,
  onStep: (step: 1 | -1) => boolean,
): void {
  if (!(event.currentTarget instanceof Element)) return;
  event.preventDefault();
  if (several && !event.ctrlKey) {
    if (event.deltaY !== 0) onStep(event.deltaY > 0 ? 1 : -1);
    return;
  }
  stack.viewport?.zoom(Math.exp(-event.deltaY / 400), place(event, event.currentTarget));
}
