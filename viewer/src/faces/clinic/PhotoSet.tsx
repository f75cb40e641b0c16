import type { DraftPhoto, PhotoView } from './drafts';
import { PhotoSlot } from './PhotoSlot';
import type { Clinic } from './state';
import { words } from './words';

interface Props {
  readonly clinic: Clinic;
  readonly draftId: string;
  readonly photos: readonly DraftPhoto[];
  readonly views: 'guided' | 'free';
  readonly error?: string | undefined;
}

const GUIDED: readonly PhotoView[] = ['OVERVIEW', 'LANDMARK', 'CLOSE_UP', 'CLOSE_UP_OBLIQUE'];

/** The guided set of views with a place for each, then as many other pictures as are wanted. */
export function PhotoSet({ clinic, draftId, photos, views, error }: Props) {
  const guided = views === 'guided' ? GUIDED : [];
  const others = photos.filter((photo) => !guided.includes(photo.view));
  return (
    <div class="stack">
      {views === 'guided' && <p class="note">{words.t('photoGuide')}</p>}
      {error !== undefined && (
        <p class="field__error" role="alert" aria-invalid="true" tabIndex={-1}>
          {error}
        </p>
      )}
      {guided.map((view) => (
        <PhotoSlot
          key={view}
          clinic={clinic}
          draftId={draftId}
          view={view}
          photo={photos.find((photo) => photo.view === view) ?? null}
        />
      ))}
      {others.map((photo) => (
        <PhotoSlot key={photo.id} clinic={clinic} draftId={draftId} view={photo.view} photo={photo} />
      ))}
      <PhotoSlot key={`next-${others.length}`} clinic={clinic} draftId={draftId} view="OTHER" photo={null} />
    </div>
  );
}
