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

function pinch(stack: Stack, id: number, to: Point): void {
  const before = [...touching.values()];
  touching.set(id, to);
  const after = [...touching.values()];
  const [a, b, c, d] = [before[0], before[1], after[0], after[1]];
  if (a === undefined || b === undefined || c === undefined || d === undefined) return;
  const spread = Math.hypot(a.x - b.x, a.y - b.y);
  const middle = { x: (c.x + d.x) / 2, y: (c.y + d.y) / 2 };
  stack.viewport?.pan(middle.x - (a.x + b.x) / 2, middle.y - (a.y + b.y) / 2);
  if (spread > 0) stack.viewport?.zoom(Math.hypot(c.x - d.x, c.y - d.y) / spread, middle);
}

/** Follows one press until it is let go: window, pan, zoom or length; two fingers zoom and pan together. */
export function followPointer(event: PointerEvent, stack: Stack): void {
  const frame = event.currentTarget;
  const { viewport } = stack;
  if (!(frame instanceof HTMLElement) || viewport === null || stack.view.value === null) return;
  if (event.target instanceof Element && event.target.closest('button, .problem') !== null) return;
  frame.focus({ preventScroll: true });
  if (event.button === MIDDLE) event.preventDefault();

  const start = place(event, frame);
  const window = stack.view.value.window;
  const tool = toolFor(event, stack.tool.value);
  let last = start;
  frame.setPointerCapture(event.pointerId);
  if (event.pointerType === 'touch') touching.set(event.pointerId, start);
  if (tool === 'length' && event.button === PRIMARY && touching.size < 2) {
    stack.drawing.value = null;
    stack.mark(viewport.toImage(start));
  }

  const end = new AbortController();
  const move = (next: PointerEvent) => {
    if (next.pointerId !== event.pointerId) return;
    const at = place(next, frame);
    if (touching.size > 1 && event.pointerType === 'touch') {
      stack.drawing.value = null;
      pinch(stack, event.pointerId, at);
    } else if (tool === 'window') stack.moveWindow(window, at.x - start.x, at.y - start.y);
    else if (tool === 'pan') viewport.pan(at.x - last.x, at.y - last.y);
    else if (tool === 'zoom') viewport.zoom(Math.exp((last.y - at.y) / 150), start);
    else stack.stretch(viewport.toImage(at));
    if (touching.has(event.pointerId)) touching.set(event.pointerId, at);
    last = at;
  };
  const stop = (next: PointerEvent) => {
    if (next.pointerId !== event.pointerId) return;
    touching.delete(event.pointerId);
    if (tool === 'length' && stack.drawing.value !== null) stack.finish(viewport.toImage(last));
    end.abort();
  };
  frame.addEventListener('pointermove', move, { signal: end.signal });
  frame.addEventListener('pointerup', stop, { signal: end.signal });
  frame.addEventListener('pointercancel', stop, { signal: end.signal });
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
