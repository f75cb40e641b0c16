import { dateText } from '../../../i18n/dates';
import { percentText } from '../../../imaging/geometry';
import type { ImageHeader } from '../../../imaging/header';
import type { ImageSet, Picture } from '../../../imaging/sets';
import type { FrameSource } from '../../../render/viewport';
import type { Stack } from '../../../state/stack';
import { framePath } from '../../../wire/dicomweb';
import { w } from '../words';

const rounded = (value: number) => (Math.abs(value) < 10 ? value.toFixed(1) : value.toFixed(0));

export function lossyText(header: ImageHeader): string {
  if (header.lossyRatio === null) return '';
  return header.lossyRatio > 1
    ? w('images.lossy', { ratio: header.lossyRatio.toFixed(0) })
    : w('images.lossyUnknown');
}

/** Whose picture it is, in the upper left corner: told by the picture itself. */
export function PatientCorner({ header }: { readonly header: ImageHeader }) {
  const { patient } = header;
  return (
    <p class="corner corner--nw">
      <bdi>{patient.name}</bdi>
      <bdi>
        {dateText(patient.birthDate)} {patient.sex}
      </bdi>
      <bdi>
        {patient.id} {patient.issuer}
      </bdi>
    </p>
  );
}

const isAt = (path: string | undefined) => (picture: Picture) =>
  picture.announced === null && framePath(picture.ref, picture.frame) === path;

/** The text in the corners of a grey image: patient, study, picture, and how it is shown. */
export function Overlay(props: {
  readonly stack: Stack;
  readonly set: ImageSet;
  readonly sources: readonly FrameSource[];
  readonly source: FrameSource | null;
}) {
  const { stack, set, sources, source } = props;
  const view = stack.view.value;
  if (source === null) return null;
  const { header } = source;
  const at = Math.max(0, set.pictures.findIndex(isAt(sources[view?.index ?? 0]?.path)));
  const number = set.pictures.length > 1 ? `${at + 1} / ${set.pictures.length}` : '';
  const incomplete = set.pictures[at]?.instance?.complete === false;
  const marks = [lossyText(header), incomplete ? w('images.arriving', { count: 1 }) : ''].filter(
    (mark) => mark !== '',
  );
  return (
    <div class="overlay">
      <PatientCorner header={header} />
      <p class="corner corner--ne">
        <bdi>{header.studyDescription || set.title}</bdi>
        <span>{dateText(header.studyDate)}</span>
        <span>{[header.modality, header.bodyPart].filter((part) => part !== '').join(' ')}</span>
      </p>
      <p class="corner corner--sw">
        {header.laterality !== '' && <strong class="corner__side">{header.laterality}</strong>}
        <span>{header.view}</span>
        <span>{number}</span>
        {marks.map((mark) => (
          <span key={mark} class="corner__mark">
            {mark}
          </span>
        ))}
      </p>
      {view !== null && (
        <p class="corner corner--se">
          {header.samplesPerPixel === 1 && (
            <span>
              W {rounded(view.window.width)} L {rounded(view.window.centre)}
            </span>
          )}
          <span>{percentText(view.scale, window.devicePixelRatio || 1)}</span>
          <span>
            {header.columns} × {header.rows}, {header.bitsStored} bit
          </span>
        </p>
      )}
    </div>
  );
}
