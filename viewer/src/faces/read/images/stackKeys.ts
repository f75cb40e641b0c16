import type { Stack } from '../../../state/stack';

const PAN_PX = 40;
const WINDOW_PX = 16;
const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Moves the measuring cross, which starts in the middle of the image. */
function moveCross(stack: Stack, dx: number, dy: number): boolean {
  const header = stack.header.value;
  if (header === null) return false;
  const at = stack.cross.value ?? { x: header.columns / 2, y: header.rows / 2 };
  const next = {
    x: Math.min(header.columns - 1, Math.max(0, at.x + dx)),
    y: Math.min(header.rows - 1, Math.max(0, at.y + dy)),
  };
  stack.cross.value = next;
  stack.stretch(next);
  return true;
}

function lengthKey(event: KeyboardEvent, stack: Stack): boolean {
  const arrow = ARROWS[event.key];
  if (arrow !== undefined && !event.altKey) {
    const step = event.shiftKey ? 10 : 1;
    return moveCross(stack, arrow[0] * step, arrow[1] * step);
  }
  if (event.key === 'Enter' && stack.cross.value !== null) {
    stack.mark(stack.cross.value);
    return true;
  }
  if (event.key === 'Delete') {
    stack.clearLengths();
    return true;
  }
  return false;
}

/** The keys of the grey viewport; true when the key was one of them. */
export function stackKey(event: KeyboardEvent, stack: Stack): boolean {
  const { viewport } = stack;
  if (viewport === null) return false;
  const focused = document.activeElement;
  const onPicture = focused === document.body || focused?.closest('[data-viewport]') !== null;
  if (stack.tool.value === 'length' && onPicture && lengthKey(event, stack)) return true;
  const arrow = ARROWS[event.key];
  if (arrow !== undefined) {
    if (event.altKey) stack.nudgeWindow(arrow[0] * WINDOW_PX, arrow[1] * WINDOW_PX);
    else if (event.shiftKey) viewport.pan(arrow[0] * PAN_PX, arrow[1] * PAN_PX);
    else return false;
    return true;
  }
  if (event.altKey) return false;
  if (/^[1-9]$/.test(event.key)) return stack.preset(Number(event.key));
  switch (event.key) {
    case 'w':
      stack.tool.value = 'window';
      break;
    case 'p':
      stack.tool.value = 'pan';
      break;
    case 'z':
      stack.tool.value = 'zoom';
      break;
    case 'l':
      stack.tool.value = 'length';
      document.querySelector<HTMLElement>('[data-viewport]')?.focus();
      moveCross(stack, 0, 0);
      break;
    case 'Escape':
      stack.drawing.value = null;
      stack.cross.value = null;
      stack.tool.value = 'window';
      break;
    case '+':
    case '=':
      viewport.zoom(1.25);
      break;
    case '-':
      viewport.zoom(0.8);
      break;
    case 'i':
      viewport.toggleInvert();
      break;
    case 'r':
      viewport.rotate(90);
      break;
    case 'R':
      viewport.rotate(-90);
      break;
    case 'h':
      viewport.flip('horizontal');
      break;
    case 'v':
      viewport.flip('vertical');
      break;
    case 'f':
      viewport.fit();
      break;
    case 'o':
      viewport.actualSize();
      break;
    case '0':
      viewport.reset();
      break;
    default:
      return false;
  }
  return true;
}
