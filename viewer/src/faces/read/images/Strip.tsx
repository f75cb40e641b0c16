import { useSignal } from '@preact/signals';
import { termText } from '../../../i18n/term';
import type { ImageSet, Picture } from '../../../imaging/sets';
import type { Images } from '../../../state/images';
import { thumbnailPath } from '../../../wire/dicomweb';
import { w } from '../words';

const MOST_SHOWN = 60;

function Thumb(props: {
  readonly set: ImageSet;
  readonly picture: Picture;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}) {
  const { set, picture, chosen, onChoose } = props;
  const broken = useSignal(false);
  return (
    <button
      type="button"
      class={chosen ? 'thumb thumb--chosen' : 'thumb'}
      aria-pressed={chosen}
      aria-label={w('images.thumb', { title: set.title, label: termText(picture.label) })}
      onClick={onChoose}
    >
      {broken.value ? (
        <span class="thumb__none">{w('images.noThumb')}</span>
      ) : (
        <img
          src={thumbnailPath(picture.ref)}
          alt=""
          loading="lazy"
          decoding="async"
          onError={() => {
            broken.value = true;
          }}
        />
      )}
      <span class="thumb__label">{termText(picture.label)}</span>
    </button>
  );
}

/** All pictures of the case, series by series. A long stack shows only some of its frames. */
export function Strip({ images }: { readonly images: Images }) {
  const set = images.set.value;
  const index = images.index.value;
  return (
    <div class="strip">
      {images.sets.value.map((each) => {
        const every = Math.ceil(each.pictures.length / MOST_SHOWN);
        return (
          <div key={each.key} class="strip__set">
            <p class="strip__title">
              <bdi>{each.title}</bdi>
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
