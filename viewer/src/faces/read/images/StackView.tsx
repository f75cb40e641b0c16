import { useEffect, useMemo, useRef } from 'preact/hooks';
import { bytesText } from '../../../i18n/dates';
import type { ImageSet } from '../../../imaging/sets';
import type { FrameSource } from '../../../render/viewport';
import { onKeys } from '../../../state/keys';
import { Stack } from '../../../state/stack';
import { Button } from '../../../ui/Button';
import { asProblem, ProblemNote } from '../../../ui/ProblemNote';
import { w } from '../words';
import { Lengths } from './Lengths';
import { Overlay } from './Overlay';
import { followPointer, onWheel } from './pointer';
import { StackTools } from './StackTools';
import { stackKey } from './stackKeys';

interface Props {
  readonly set: ImageSet;
  /** The frames that can be shown, and the one that is wanted; null while its header is being read. */
  readonly sources: readonly FrameSource[];
  readonly source: FrameSource | null;
  /** Of the wanted picture among all of the set, shown or awaited. */
  readonly index: number;
  readonly onStep: (step: 1 | -1) => boolean;
  /** Shows the picture as the hub renders it, when it cannot be decoded here. */
  readonly onFallback: () => void;
}

/** The imaging code is fetched when the first case opens, never before. */
async function cornerstone(
  ...args: ConstructorParameters<typeof import('../../../render/cornerstone').CornerstoneViewport>
) {
  const { CornerstoneViewport } = await import('../../../render/cornerstone');
  return new CornerstoneViewport(...args);
}

function Waiting(props: { readonly stack: Stack; readonly headers: boolean; readonly number: number }) {
  const { stack, headers, number } = props;
  const progress = stack.progress.value;
  let text = '';
  if (!headers) text = w('images.header');
  else if (!stack.ready.value) text = stack.failure.value === null ? w('images.code') : '';
  else if (progress !== null) {
    const loaded = bytesText(progress.loaded);
    text =
      progress.total > 0
        ? w('images.bytes', {
            number,
            loaded,
            total: bytesText(progress.total),
            percent: Math.floor((100 * progress.loaded) / progress.total),
          })
        : w('images.bytesOnly', { number, loaded });
  }
  if (text === '') return null;
  return (
    <p class="viewport__wait" role="status">
      {text}
      {progress !== null && progress.total > 0 && (
        <progress max={progress.total} value={progress.loaded} aria-hidden="true" />
      )}
    </p>
  );
}

export function StackView({ set, sources, source, index, onStep, onFallback }: Props) {
  const stack = useMemo(() => new Stack(cornerstone), []);
  const frame = useRef<HTMLElement>(null);
  const canvas = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const element = canvas.current;
    if (element === null) return;
    void stack.attach(element);
    const watch = new ResizeObserver(() => stack.viewport?.resize());
    watch.observe(element);
    const wheel = (event: WheelEvent) => onWheel(event, stack, set.pictures.length > 1, onStep);
    frame.current?.addEventListener('wheel', wheel, { passive: false });
    return () => {
      watch.disconnect();
      frame.current?.removeEventListener('wheel', wheel);
      stack.detach();
    };
  }, [stack]);

  useEffect(() => {
    if (source !== null) void stack.show(sources, sources.indexOf(source));
  }, [stack, sources, source]);

  useEffect(() => onKeys((event) => stackKey(event, stack)), [stack]);

  const label = w('images.viewport', { number: index + 1, count: set.pictures.length });
  return (
    <>
      <StackTools stack={stack} />
      <section
        ref={frame}
        class={`viewport viewport--${stack.tool.value}`}
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the picture takes the keys of the image tools.
        tabIndex={0}
        data-viewport
        onPointerDown={(event) => followPointer(event, stack)}
        onContextMenu={(event) => event.preventDefault()}
      >
        <div class="viewport__canvas" ref={canvas} />
        <Lengths stack={stack} />
        <Overlay stack={stack} set={set} sources={sources} source={source} />
        {stack.tool.value === 'length' && stack.lengths.value.length === 0 && (
          <p class="viewport__help">{w('tool.lengthHelp')}</p>
        )}
        <Waiting stack={stack} headers={source !== null} number={index + 1} />
        {stack.failure.value !== null && (
          <div class="viewport__failure">
            <ProblemNote failure={stack.failure.value}>
              <Button onClick={() => stack.retry()}>{w('case.retry')}</Button>
              {asProblem(stack.failure.value).code === 'IMAGE-DECODE' &&
                set.pictures[index]?.instance?.numberOfFrames === 1 && (
                  <Button onClick={onFallback}>{w('images.fallback')}</Button>
                )}
            </ProblemNote>
          </div>
        )}
      </section>
    </>
  );
}
