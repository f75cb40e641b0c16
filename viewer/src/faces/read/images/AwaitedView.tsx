import type { ImageSet, Picture } from '../../../imaging/sets';
import { w } from '../words';

/** The place of a picture that was announced and of which nothing has come yet, not even a preview. */
export function AwaitedView({ set, picture }: { readonly set: ImageSet; readonly picture: Picture }) {
  const number = set.pictures.indexOf(picture) + 1;
  const { columns = null, rows = null } = picture.announced ?? {};
  return (
    <section
      class="viewport viewport--awaited"
      aria-label={w('images.viewport', { number, count: set.pictures.length })}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the picture takes the keys that go to the next one.
      tabIndex={0}
      data-viewport
    >
      <p>{w('awaited.title', { number, count: set.pictures.length })}</p>
      {columns !== null && rows !== null && <p class="soft">{`${columns} × ${rows}`}</p>}
      <p class="soft">{w('awaited.next')}</p>
    </section>
  );
}
