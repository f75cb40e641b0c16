import { useSignal } from '@preact/signals';
import { termText } from '../../../i18n/term';
import { type ImageSet, type Picture, pictureState } from '../../../imaging/sets';
import type { Images } from '../../../state/images';
import { thumbnailPath } from '../../../wire/dicomweb';
import { w } from '../words';

const MOST_SHOWN = 60;

function Thumb(props: {
  readonly set: ImageSet;
  readonly picture: Picture;
  readonly chosen: boolean;
  /** Says in a word whether it is whole: while some are not. */
  readonly marked: boolean;
  readonly onChoose: () => void;
}) {
  const { set, picture, chosen, onChoose } = props;
  const broken = useSignal('');
  const state = pictureState(picture);
  const source = picture.announced === null ? thumbnailPath(picture.ref) : picture.announced.url;
  const label = termText(picture.label);
  const word = w(`picture.${state}`);
  const named = props.marked
    ? w('picture.thumb', { title: set.title, state: word, label })
    : w('images.thumb', { title: set.title, label });
  return (
    <button
      type="button"
      class={`thumb thumb--${state}${chosen ? ' thumb--chosen' : ''}`}
      aria-pressed={chosen}
      aria-label={named}
      onClick={onChoose}
    >
      {source === null || state === 'awaited' ? null : broken.value === source ? (
        <span class="thumb__none">{w('images.noThumb')}</span>
      ) : (
        <img
          src={source}
          alt=""
          loading="lazy"
          decoding="async"
          onError={() => {
            broken.value = source;
          }}
        />
      )}
      {props.marked && <span class="thumb__state">{word}</span>} <span class="thumb__label">{label}</span>
    </button>
  );
}

/** `2 whole · 1 preview · 3 awaited` while pictures are under way; empty when all are here. */
function countsOf(set: ImageSet): string {
  const counts = { whole: 0, preview: 0, awaited: 0 };
  for (const picture of set.pictures) counts[pictureState(picture)] += 1;
  if (counts.whole === set.pictures.length) return '';
  return (['whole', 'preview', 'awaited'] as const)
    .filter((state) => counts[state] > 0)
    .map((state) => w(`count.${state}`, { count: counts[state] }))
    .join(' · ');
}

/** All pictures of the case, series by series. A long stack shows only some of its frames. */
export function Strip({ images }: { readonly images: Images }) {
  const set = images.set.value;
  const index = images.index.value;
  return (
    <div class="strip">
      {images.sets.value.map((each) => {
        const states = countsOf(each);
        const every = Math.ceil(each.pictures.length / MOST_SHOWN);
        return (
          <div key={each.key} class="strip__set">
            <p class="strip__title">
              <bdi>{each.title}</bdi>
              {states !== '' && <span class="warning"> {states}</span>}
              {each.incomplete > 0 && (
                <span class="warning"> {w('images.arriving', { count: each.incomplete })}</span>
              )}
            </p>
            <div class="strip__row">
              {each.pictures.map((picture, at) =>
                at % every === 0 ? (
                  <Thumb
                    key={`${picture.ref.sop} ${picture.frame}`}
                    set={each}
                    picture={picture}
                    marked={states !== ''}
                    chosen={each === set && Math.floor(index / every) === at / every}
                    onChoose={() => images.choose(each.key, at)}
                  />
                ) : null,
              )}
            </div>
          </div>
        );
      })}
    </div>
  );
}
