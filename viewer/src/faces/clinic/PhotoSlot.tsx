import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { Button } from '../../ui/Button';
import { bytesText } from '../shared/format';
import type { DraftPhoto, PhotoView } from './drafts';
import { Trouble } from './LocalState';
import { examine, sha256 } from './picture';
import { type Clinic, randomId } from './state';
import { words } from './words';

interface Props {
  readonly clinic: Clinic;
  readonly draftId: string;
  readonly view: PhotoView;
  readonly photo: DraftPhoto | null;
}

/** One place for a picture: what it should show, take or choose, the verdict at once, take again. */
export function PhotoSlot({ clinic, draftId, view, photo }: Props) {
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState('');
  const heading = useId();

  const take = async (file: File) => {
    setBusy(true);
    setRefusal('');
    try {
      const refused = await keepPicture(clinic, draftId, view, photo, file);
      if (refused !== null) setRefusal(refused);
    } catch {
      // The store is full or was taken away: the only thing that a person can mend here.
      setRefusal(words.t('refused.STORAGE'));
    } finally {
      setBusy(false);
    }
  };
  const remove = async () => {
    if (photo === null) return;
    await clinic.store.removePhoto(photo.id);
    await clinic.readLocal();
  };
  return (
    <section class="sheet slot" aria-labelledby={heading}>
      <div>
        <h2 id={heading}>{words.t(`view.${view}`)}</h2>
        <p class="soft">{words.t(`view.${view}.hint`)}</p>
      </div>
      {photo !== null && <Kept clinic={clinic} photo={photo} />}
      <div role="status">
        {busy && <p>{words.t('checking')}</p>}
        {refusal !== '' && <p class="note note--warning">{refusal}</p>}
      </div>
      {(photo === null || !photo.sent) && (
        <div class="row">
          <FileButton
            text={words.t(photo === null ? 'takePhoto' : 'retake')}
            about={words.t(`view.${view}`)}
            camera
            primary={photo === null}
            disabled={busy}
            onFile={take}
          />
          {photo === null ? (
            <FileButton
              text={words.t('choosePicture')}
              about={words.t(`view.${view}`)}
              camera={false}
              primary={false}
              disabled={busy}
              onFile={take}
            />
          ) : (
            <Button kind="quiet" onClick={() => void remove()}>
              {words.t('remove')}
            </Button>
          )}
        </div>
      )}
    </section>
  );
}

/** Keeps the file as it came from the camera; words when it cannot be used. */
async function keepPicture(
  clinic: Clinic,
  draftId: string,
  view: PhotoView,
  before: DraftPhoto | null,
  file: File,
): Promise<string | null> {
  const examined = await examine(file);
  const { width, height, verdict } = examined;
  if (verdict.kind === 'refused') return words.t(`refused.${verdict.reason}`, { width, height });
  const photo: DraftPhoto = {
    id: randomId(),
    draftId,
    view,
    type: file.type === 'image/png' ? 'image/png' : 'image/jpeg',
    byteCount: file.size,
    width,
    height,
    warnings: verdict.kind === 'usable' ? verdict.warnings : [],
    sha256: await sha256(file),
    uploadUrl: null,
    sent: false,
    refused: null,
    takenAt: before?.takenAt ?? Date.now(),
  };
  await clinic.store.addPhoto(photo, file);
  if (before !== null) await clinic.store.removePhoto(before.id);
  await clinic.readLocal();
  return null;
}

function Kept({ clinic, photo }: { readonly clinic: Clinic; readonly photo: DraftPhoto }) {
  const [address, setAddress] = useState('');
  useEffect(() => {
    let made = '';
    let gone = false;
    void clinic.store.photoBytes(photo.id).then((bytes) => {
      if (bytes === null || gone) return;
      made = URL.createObjectURL(bytes);
      setAddress(made);
    });
    return () => {
      gone = true;
      if (made !== '') URL.revokeObjectURL(made);
    };
  }, [photo.id]);
  const size = { width: photo.width, height: photo.height, size: bytesText(photo.byteCount) };
  return (
    <div class="stack stack--tight">
      {address === '' ? (
        photo.sent && <p class="tag tag--good">{words.t('atHospital')}</p>
      ) : (
        <img
          class="slot__picture"
          src={address}
          alt={words.t('picture', { view: words.t(`view.${photo.view}`) })}
        />
      )}
      <div class="row">
        {photo.warnings.length === 0 && photo.refused === null && (
          <span class="tag tag--good">{words.t('verdict.good')}</span>
        )}
        <span class="soft">{words.t('verdict.size', size)}</span>
      </div>
      {photo.warnings.map((warning) => (
        <p key={warning} class="note note--warning">
          {words.t(`warning.${warning}`)}
        </p>
      ))}
      {photo.refused !== null && (
        <div class="note note--warning">
          <Trouble problem={photo.refused} />
        </div>
      )}
    </div>
  );
}

interface FileButtonProps {
  readonly text: string;
  readonly about: string;
  readonly camera: boolean;
  readonly primary: boolean;
  readonly disabled: boolean;
  readonly onFile: (file: File) => Promise<void>;
}

/** A real button in front of the browser's file input, so that it looks and is reached like every other button. */
function FileButton({ text, about, camera, primary, disabled, onFile }: FileButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button
        kind={primary ? 'primary' : 'plain'}
        disabled={disabled}
        aria-label={`${text}: ${about}`}
        onClick={() => input.current?.click()}
      >
        {text}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={`${text}: ${about}`}
        accept="image/jpeg,image/png"
        {...(camera ? { capture: 'environment' as const } : {})}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          // The same file can be chosen again after a mishap.
          event.currentTarget.value = '';
          if (file !== undefined) void onFile(file);
        }}
      />
    </>
  );
}
