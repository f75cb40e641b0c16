import { expect, test } from 'vitest';
import { readHeader } from '../imaging/header';
import type { FrameSource, View, Viewport, ViewportListener } from '../render/viewport';
import { Stack } from './stack';

const source = (path: string): FrameSource => ({
  path,
  json: {},
  header: readHeader({
    '00280010': { vr: 'US', Value: [100] },
    '00280011': { vr: 'US', Value: [200] },
    '00280101': { vr: 'US', Value: [12] },
  }),
});

const view = (index: number): View => ({
  index,
  window: { centre: 100, width: 200 },
  scale: 1,
  rotation: 0,
  flippedHorizontally: false,
  flippedVertically: false,
  inverted: false,
});

/** A viewport that shows nothing but tells as a real one does. */
class FakeViewport implements Viewport {
  readonly windows: unknown[] = [];
  readonly listener: ViewportListener;
  broken = false;

  constructor(listener: ViewportListener) {
    this.listener = listener;
  }

  async show(_stack: readonly FrameSource[], index: number): Promise<void> {
    if (this.broken) throw new Error('cannot be decoded');
    this.listener.changed(view(index));
  }
  setWindow(window: unknown): void {
    this.windows.push(window);
  }
  ownWindow() {
    return { centre: 100, width: 200 };
  }
  toggleInvert(): void {}
  rotate(): void {}
  flip(): void {}
  zoom(): void {}
  pan(): void {}
  fit(): void {}
  actualSize(): void {}
  reset(): void {}
  toImage = (point: { x: number; y: number }) => point;
  toScreen = (point: { x: number; y: number }) => point;
  resize(): void {}
  destroy(): void {}
}

async function stackOf(paths: string[]) {
  let viewport: FakeViewport | undefined;
  const stack = new Stack(async (_element, listener) => {
    viewport = new FakeViewport(listener);
    return viewport;
  });
  await stack.attach(document.createElement('div'));
  const sources = paths.map(source);
  await stack.show(sources, 0);
  if (viewport === undefined) throw new Error('no viewport was made');
  return { stack, sources, viewport };
}

test('a length is drawn from press to release and belongs to its own image', async () => {
  const { stack, sources } = await stackOf(['/a', '/b']);

  stack.mark({ x: 10, y: 10 });
  stack.stretch({ x: 30, y: 10 });
  stack.finish({ x: 50, y: 10 });

  expect(stack.lengths.value).toEqual([{ from: { x: 10, y: 10 }, to: { x: 50, y: 10 } }]);
  await stack.show(sources, 1);
  expect(stack.lengths.value).toEqual([]);
  await stack.show(sources, 0);
  expect(stack.lengths.value).toHaveLength(1);
});

test('a click without a drag and a point outside the image draw nothing', async () => {
  const { stack } = await stackOf(['/a']);

  stack.mark({ x: 10, y: 10 });
  stack.finish({ x: 11, y: 10 });
  stack.mark({ x: 500, y: 10 });
  stack.finish({ x: 10, y: 10 });

  expect(stack.lengths.value).toEqual([]);
});

test('two presses of Enter on the cross make a length', async () => {
  const { stack } = await stackOf(['/a']);

  stack.mark({ x: 10, y: 10 });
  stack.mark({ x: 10, y: 60 });

  expect(stack.lengths.value).toHaveLength(1);
});

test('the number keys choose presets that exist', async () => {
  const { stack, viewport } = await stackOf(['/a']);

  expect(stack.preset(1)).toBe(true);
  expect(stack.preset(9)).toBe(false);
  expect(viewport.windows).toEqual([{ centre: 100, width: 100 }]);
});

test('an image that cannot be shown is a failure that can be tried again', async () => {
  const { stack, sources, viewport } = await stackOf(['/a']);
  viewport.broken = true;
  await stack.show(sources, 0);
  expect(stack.failure.value).toBeInstanceOf(Error);

  viewport.broken = false;
  stack.retry();
  await Promise.resolve();

  expect(stack.failure.value).toBeNull();
});
