import { lengthOf, lengthText, type Segment } from '../../../imaging/geometry';
import type { Stack } from '../../../state/stack';

const TICK_PX = 7;

/** Lengths and the keyboard's cross, drawn over the picture; they follow every change of the view. */
export function Lengths({ stack }: { readonly stack: Stack }) {
  const view = stack.view.value;
  const header = stack.header.value;
  const { viewport } = stack;
  if (view === null || header === null || viewport === null) return null;
  const drawing = stack.drawing.value;
  const segments: readonly Segment[] =
    drawing === null ? stack.lengths.value : [...stack.lengths.value, drawing];
  const cross =
    stack.tool.value === 'length' && stack.cross.value !== null ? viewport.toScreen(stack.cross.value) : null;

  const told = stack.lengths.value.map((each) => lengthText(lengthOf(each, header.calibration)));
  return (
    <>
      <p class="visually-hidden" role="status">
        {told.join(', ')}
      </p>
      <svg class="lengths" aria-hidden="true">
        {segments.map((segment) => {
          const from = viewport.toScreen(segment.from);
          const to = viewport.toScreen(segment.to);
          const long = Math.hypot(to.x - from.x, to.y - from.y) || 1;
          const across = { x: (-(to.y - from.y) / long) * TICK_PX, y: ((to.x - from.x) / long) * TICK_PX };
          const text = lengthText(lengthOf(segment, header.calibration));
          const path =
            `M${from.x} ${from.y}L${to.x} ${to.y}` +
            [from, to]
              .map(
                (end) => `M${end.x - across.x} ${end.y - across.y}L${end.x + across.x} ${end.y + across.y}`,
              )
              .join('');
          return (
            <g key={`${segment.from.x} ${segment.from.y} ${segment === drawing}`}>
              <path class="lengths__under" d={path} />
              <path class="lengths__line" d={path} />
              <text class="lengths__text" x={Math.max(from.x, to.x) + 10} y={(from.y + to.y) / 2 + 4}>
                {text}
              </text>
            </g>
          );
        })}
        {cross !== null && (
          <path
            class="lengths__cross"
            d={`M${cross.x - 12} ${cross.y}h9m6 0h9M${cross.x} ${cross.y - 12}v9m0 6v9`}
          />
        )}
      </svg>
    </>
  );
}
