import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { bytesText } from '../../../i18n/dates';
import { termText } from '../../../i18n/term';
import { fitted, type Placement, type Point, percentText, zoomed } from '../../../imaging/geometry';
import type { ImageHeader } from '../../../imaging/header';
import type { ImageSet, Picture } from '../../../imaging/sets';
import { type LoadedPhoto, loadPhoto } from '../../../render/photo';
import { onKeys } from '../../../state/keys';
import { Button } from '../../../ui/Button';
import { ProblemNote } from '../../../ui/ProblemNote';
import { isAbort } from '../../../wire/http';
import type { Preview } from '../../../wire/types';
import { w } from '../words';
import { lossyText, PatientCorner } from './Overlay';
import { PreviewMark } from './PreviewMark';
import { dragPhoto } from './pointer';

function nameOf({ announced, label }: Picture): string {
  return announced?.kind === 'IMAGE'
    ? w('images.image', { label })
    : announced?.kind === 'PDF'
      ? w('images.document', { label })
      : w('images.photo', { label: termText(label) });
}

const sizeText = ({ width, height }: { width: number; height: number }) => `${width} × ${height}`;

function previewSizes(size: { width: number; height: number }, { columns, rows }: Preview): string {
  if (columns === null || rows === null) return w('preview.size', { size: sizeText(size) });
  return w('preview.sizes', { size: sizeText(size), whole: sizeText({ width: columns, height: rows }) });
}

interface Props {
  readonly set: ImageSet;
  readonly picture: Picture;
  readonly header: ImageHeader | null;
}

/**
 * A photo by the browser's own colour-managed path; it can be zoomed until single pixels show. A picture that is
 * still under way is shown by its preview: marked as such, and without scale, as its pixels are not the image's.
 */
export function PhotoView({ set, picture, header }: Props) {
  const photo = useSignal<LoadedPhoto | null>(null);
  const size = useSignal({ width: 0, height: 0 });
  const progress = useSignal<readonly [number, number]>([0, 0]);
  const failure = useSignal<unknown>(null);
  const place = useSignal<Placement>({ scale: 1, left: 0, top: 0 });
  const turn = useSignal(0);
  const attempt = useSignal(0);
  const frame = useRef<HTMLElement>(null);
  const fits = useRef(true);

  const frameSize = () => {
    const element = frame.current;
    return { width: element?.clientWidth ?? 0, height: element?.clientHeight ?? 0 };
  };
  const turned = () =>
    turn.value % 180 === 0 ? size.value : { width: size.value.height, height: size.value.width };
  const showAll = () => {
    fits.current = true;
    place.value = fitted(frameSize(), turned());
  };
  const zoom = (factor: number, at?: Point) => {
    fits.current = false;
    const { width, height } = frameSize();
    place.value = zoomed(place.value, factor, at ?? { x: width / 2, y: height / 2 });
  };
  const pan = (dx: number, dy: number) => {
    fits.current = false;
    place.value = { ...place.value, left: place.value.left + dx, top: place.value.top + dy };
  };
  const actual = () => zoom(1 / (window.devicePixelRatio || 1) / place.value.scale);
  const rotate = () => {
    turn.value = (turn.value + 90) % 360;
    showAll();
  };

  useEffect(() => {
    const end = new AbortController();
    let url = '';
    photo.value = null;
    failure.value = null;
    progress.value = [0, 0];
    loadPhoto(
      picture,
      (loaded, total) => {
        progress.value = [loaded, total];
      },
      end,
    ).then(
      (loaded) => {
        url = loaded.url;
        if (end.signal.aborted) URL.revokeObjectURL(url);
        else photo.value = loaded;
      },
      (problem: unknown) => {
        if (!isAbort(problem)) failure.value = problem;
      },
    );
    return () => {
      end.abort();
      if (url !== '') URL.revokeObjectURL(url);
    };
  }, [picture.ref.sop, picture.announced?.url, attempt.value]);

  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const wheel = (event: WheelEvent) => {
      event.preventDefault();
      const box = element.getBoundingClientRect();
      zoom(Math.exp(-event.deltaY / 400), { x: event.clientX - box.left, y: event.clientY - box.top });
    };
    const watch = new ResizeObserver(() => {
      if (fits.current) showAll();
    });
    watch.observe(element);
    element.addEventListener('wheel', wheel, { passive: false });
    const stopKeys = onKeys((event) => {
      if (event.altKey) return false;
      if (event.shiftKey && event.key.startsWith('Arrow')) {
        pan(
          event.key === 'ArrowLeft' ? -40 : event.key === 'ArrowRight' ? 40 : 0,
          event.key === 'ArrowUp' ? -40 : event.key === 'ArrowDown' ? 40 : 0,
        );
      } else if (event.key === '+' || event.key === '=') zoom(1.25);
      else if (event.key === '-') zoom(0.8);
      else if (event.key === 'f' || event.key === '0') showAll();
      else if (event.key === 'o' && picture.announced === null) actual();
      else if (event.key === 'r') rotate();
      else return false;
      return true;
    });
    return () => {
      watch.disconnect();
      element.removeEventListener('wheel', wheel);
      stopKeys();
    };
  }, []);

  const { scale, left, top } = place.value;
  const box = turned();
  const middle = { x: left + (box.width * scale) / 2, y: top + (box.height * scale) / 2 };
  const [loaded, total] = progress.value;
  const number = set.pictures.indexOf(picture) + 1;
  const { announced } = picture;
  const marks = (
    announced === null
      ? [
          header === null ? '' : lossyText(header),
          photo.value?.original === false ? w('images.rendered') : '',
          picture.instance.complete ? '' : w('images.arriving', { count: 1 }),
        ]
      : [announced.numberOfFrames > 1 ? w('images.ofFrames', { count: announced.numberOfFrames }) : '']
  ).filter((mark) => mark !== '');
  const label = nameOf(picture);

  return (
    <>
      <div class="tools" role="toolbar" aria-label={w('tool.group')}>
        <button type="button" class="tool" aria-keyshortcuts="F" onClick={showAll}>
          {w('tool.fit')} <kbd>F</kbd>
        </button>
        <button
          type="button"
          class="tool"
          aria-keyshortcuts="O"
          disabled={announced !== null}
          onClick={actual}
        >
          {w('tool.actual')} <kbd>O</kbd>
        </button>
        <button type="button" class="tool" aria-keyshortcuts="+" onClick={() => zoom(1.25)}>
          {w('tool.zoom')} <kbd>+</kbd>
        </button>
        <button type="button" class="tool" aria-keyshortcuts="R" onClick={rotate}>
          {w('tool.rotate')} <kbd>R</kbd>
        </button>
        {announced !== null && <p class="tools__note">{w('preview.noTools')}</p>}
      </div>
      <section
        ref={frame}
        class="viewport viewport--pan"
        aria-label={w('images.viewport', { number, count: set.pictures.length })}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the picture takes the keys of the image tools.
        tabIndex={0}
        data-viewport
        onPointerDown={(event) => dragPhoto(event, event.currentTarget, { pan, zoom })}
      >
        {photo.value !== null && (
          <img
            class={scale * (window.devicePixelRatio || 1) > 2 ? 'photo photo--pixels' : 'photo'}
            src={photo.value.url}
            alt={label}
            draggable={false}
            style={{
              width: `${size.value.width}px`,
              height: `${size.value.height}px`,
              transform: `translate(${middle.x}px, ${middle.y}px) rotate(${turn.value}deg) scale(${scale}) translate(-50%, -50%)`,
            }}
            onLoad={(event) => {
              const { naturalWidth, naturalHeight } = event.currentTarget;
              size.value = { width: naturalWidth, height: naturalHeight };
              showAll();
            }}
            onError={() => {
              failure.value = new Error(w('images.failed'));
            }}
          />
        )}
        <div class="overlay">
          {announced !== null && <PreviewMark />}
          {header !== null && <PatientCorner header={header} />}
          <p class="corner corner--sw">
            <bdi>{label}</bdi>
            <span>
              {number} / {set.pictures.length}
            </span>
            {marks.map((mark) => (
              <span key={mark} class="corner__mark">
                {mark}
              </span>
            ))}
          </p>
          <p class="corner corner--se">
            {announced === null && <span>{percentText(scale, window.devicePixelRatio || 1)}</span>}
            <span>{announced === null ? sizeText(size.value) : previewSizes(size.value, announced)}</span>
          </p>
        </div>
        {photo.value === null && failure.value === null && (
          <p class="viewport__wait" role="status">
            {total > 0
              ? w('images.bytes', {
                  number,
                  loaded: bytesText(loaded),
                  total: bytesText(total),
                  percent: Math.floor((100 * loaded) / total),
                })
              : w('images.bytesOnly', { number, loaded: bytesText(loaded) })}
          </p>
        )}
        {failure.value !== null && (
          <div class="viewport__failure">
            <ProblemNote failure={failure.value}>
              <Button
                onClick={() => {
                  attempt.value += 1;
                }}
              >
                {w('case.retry')}
              </Button>
            </ProblemNote>
          </div>
        )}
      </section>
    </>
  );
}
