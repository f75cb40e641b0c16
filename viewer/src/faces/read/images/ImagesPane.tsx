import { useSignal, useSignalEffect } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { pictureState } from '../../../imaging/sets';
import { onKeys } from '../../../state/keys';
import type { OpenCase } from '../../../state/openCase';
import { Button } from '../../../ui/Button';
import { ProblemNote } from '../../../ui/ProblemNote';
import { w } from '../words';
import { AwaitedView } from './AwaitedView';
import { PhotoView } from './PhotoView';
import { StackView } from './StackView';
import { Strip } from './Strip';

/** The pictures of the case: one large, all others in the strip. */
export function ImagesPane({ open }: { readonly open: OpenCase }) {
  const { images } = open;
  const set = images.set.value;
  const index = images.index.value;
  const picture = images.picture.value;
  const underWay = open.data.value?.underWay ?? null;

  const rendered = useSignal('');

  // Colour that is one frame goes the browser's way, like a photo; the hub applies palettes and YBR.
  const header = images.header.value;
  const coloured =
    header !== null && header.photometric !== '' && !header.photometric.startsWith('MONOCHROME');
  const byBrowser =
    set?.kind === 'photos' ||
    (coloured && header.frames === 1) ||
    (picture !== null && (picture.announced !== null || rendered.value === picture.ref.sop));

  useSignalEffect(() => {
    void images.loadHeaders();
  });

  useEffect(
    () =>
      onKeys((event) => {
        if (event.altKey || event.shiftKey) return false;
        if (event.key === 'ArrowDown' || event.key === 'PageDown') return images.step(1);
        if (event.key === 'ArrowUp' || event.key === 'PageUp') return images.step(-1);
        return false;
      }),
    [images],
  );

  if (set === null || picture === null) {
    return (
      <section class="images images--none" aria-label={w('images.strip')}>
        <p>{w(underWay === null ? 'images.none' : 'images.noneYet')}</p>
        <p class="soft">{w('images.noneNext')}</p>
      </section>
    );
  }

  return (
    <section class="images" aria-label={w('images.strip')}>
      {images.failure.value !== null ? (
        <div class="images__failure">
          <ProblemNote failure={images.failure.value}>
            <Button onClick={() => void images.loadHeaders()}>{w('case.retry')}</Button>
          </ProblemNote>
        </div>
      ) : pictureState(picture) === 'awaited' ? (
        <AwaitedView set={set} picture={picture} />
      ) : byBrowser ? (
        // A preview never stays in sight where the mark on it has gone: the two are not one view.
        <PhotoView
          key={`${set.key} ${pictureState(picture)}`}
          set={set}
          picture={picture}
          header={images.header.value}
        />
      ) : (
        <StackView
          key={set.key}
          set={set}
          sources={images.sources.value}
          source={images.source.value}
          index={index}
          onStep={(step) => images.step(step)}
          onFallback={() => {
            rendered.value = picture.ref.sop;
          }}
        />
      )}
      <Strip images={images} />
    </section>
  );
}
