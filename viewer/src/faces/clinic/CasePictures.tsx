import type { Case } from '../../wire/types';
import { words } from './words';

interface Shown {
  readonly key: string;
  readonly address: string;
  readonly label: string;
}

/** Small previews of what the hospital has; the browser fetches them when they are scrolled into view. */
export function CasePictures({ found }: { readonly found: Case }) {
  const shown = picturesOf(found);
  return (
    <section class="sheet" aria-labelledby="pictures">
      <h2 id="pictures">{words.t('pictures')}</h2>
      {shown.length === 0 && <p class="soft">{words.t('noPictures')}</p>}
      <ul class="thumbs">
        {shown.map((picture) => (
          <li key={picture.key}>
            <img
              loading="lazy"
              width={160}
              height={120}
              src={picture.address}
              alt={words.t('picture', { view: picture.label })}
            />
            <span class="soft">{picture.label}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function picturesOf(found: Case): readonly Shown[] {
  const views = new Map(found.photos.map((photo) => [photo.sopInstanceUid, photo.view]));
  const part = encodeURIComponent;
  return found.studies.flatMap((study) =>
    study.series.flatMap((series) =>
      series.instances
        .filter((instance) => instance.rows !== null)
        .map((instance) => {
          const view = views.get(instance.sopInstanceUid);
          const path = `studies/${part(study.studyInstanceUid)}/series/${part(series.seriesInstanceUid)}`;
          return {
            key: instance.sopInstanceUid,
            address: `/dicomweb/${path}/instances/${part(instance.sopInstanceUid)}/thumbnail`,
            label:
              view === undefined ? (series.description ?? series.modality ?? '') : words.of('view', view),
          };
        }),
    ),
  );
}
