import type { InstanceRef } from '../wire/dicomweb';
import type { SeriesUid, StudyUid } from '../wire/ids';
import type { Case, CasePhoto, Instance, Preview, Series, Study } from '../wire/types';

/** One picture to choose from: a frame of a stack, or a photo. */
export interface WholePicture {
  readonly ref: InstanceRef;
  readonly instance: Instance;
  readonly frame: number;
  readonly label: string;
  readonly announced: null;
}

/** A picture that a clinic's gateway announced and the archive does not have yet. */
export interface AnnouncedPicture {
  readonly ref: Pick<InstanceRef, 'study' | 'sop'>;
  readonly instance: null;
  readonly frame: 1;
  readonly label: string;
  readonly announced: Preview;
}

export type Picture = WholePicture | AnnouncedPicture;

/** What there is of a picture to look at. */
export type PictureState = 'whole' | 'preview' | 'awaited';

/** What is shown in one viewport: a series as a stack of grey images, or a strip of photos. */
export interface ImageSet {
  readonly key: string;
  readonly kind: 'stack' | 'photos';
  readonly study: StudyUid;
  /** Null while only a gateway knows of these pictures and did not say. */
  readonly series: SeriesUid | null;
  readonly title: string;
  readonly pictures: readonly Picture[];
  readonly incomplete: number;
}

export function pictureState(picture: Picture): PictureState {
  if (picture.announced === null) return 'whole';
  return picture.announced.hasPreview && picture.announced.url !== null ? 'preview' : 'awaited';
}

function showable(instance: Instance): boolean {
  return (instance.rows ?? 0) > 0 && (instance.columns ?? 0) > 0;
}

type Entry = readonly [number: number, instance: Instance] | readonly [number: number, preview: Preview];

/** While pictures are missing they stand as the gateway announced them, so that none changes its place. */
function entriesOf(
  series: Series | null,
  previews: readonly Preview[],
  missing: readonly Preview[],
): Entry[] {
  const place = new Map(previews.map((each, index) => [each.sopInstanceUid, index]));
  const instances = (series?.instances ?? []).filter(showable).map((each): Entry => {
    const number = each.instanceNumber ?? 0;
    const announced = place.get(each.sopInstanceUid) ?? previews.length;
    return [missing.length === 0 ? number : announced * 1e6 + number, each];
  });
  const announced = missing.map((each): Entry => [(place.get(each.sopInstanceUid) ?? 0) * 1e6, each]);
  return [...instances, ...announced].sort(([left], [right]) => left - right);
}

function picturesOf(
  study: StudyUid,
  series: SeriesUid | null,
  entries: readonly Entry[],
  photos: readonly CasePhoto[],
): Picture[] {
  return entries.flatMap(([, entry], index): Picture[] => {
    const sop = entry.sopInstanceUid;
    if ('hasPreview' in entry) {
      const label = entry.kind === 'IMAGE' || entry.title === '' ? String(index + 1) : entry.title;
      return [{ ref: { study, sop }, instance: null, frame: 1, label, announced: entry }];
    }
    if (series === null) return [];
    const photo = photos.find((each) => each.sopInstanceUid === sop);
    const name = photo === undefined || photo.view === '' ? String(index + 1) : photo.view;
    const frames = entry.photo ? 1 : Math.max(1, entry.numberOfFrames ?? 1);
    return Array.from({ length: frames }, (_, frame) => ({
      ref: { study, series, sop },
      instance: entry,
      frame: frame + 1,
      label: frames > 1 ? `${name}.${frame + 1}` : name,
      announced: null,
    }));
  });
}

type Source = Pick<Case, 'studies' | 'photos'> & { readonly underWay?: Case['underWay'] };

/** Announced and not here: once nothing is under way any more, what the hub calls whole has gone elsewhere. */
function missingOf(data: Source, previews: readonly Preview[]): readonly Preview[] {
  const here = new Set(
    data.studies.flatMap((study) =>
      study.series.flatMap((series) => series.instances.map((each) => each.sopInstanceUid)),
    ),
  );
  const settled = (data.underWay ?? null) === null;
  return previews.filter((each) => !here.has(each.sopInstanceUid) && !(settled && each.whole));
}

function setOf(
  study: StudyUid,
  known: readonly [Study, Series] | null,
  previews: readonly Preview[],
  missing: readonly Preview[],
  photos: readonly CasePhoto[],
): readonly ImageSet[] {
  const series = known?.[1] ?? null;
  const uid = series?.seriesInstanceUid ?? missing[0]?.seriesInstanceUid ?? null;
  const pictures = picturesOf(study, uid, entriesOf(series, previews, missing), photos);
  const first = pictures.find((each) => each.instance !== null) ?? pictures[0];
  if (first === undefined) return [];
  const isPhoto = first.instance === null ? first.announced.kind !== 'IMAGE' : first.instance.photo;
  return [
    {
      key: uid ?? `${study} ${missing[0]?.kind}`,
      kind: isPhoto ? 'photos' : 'stack',
      study,
      series: uid,
      title: series?.description || known?.[0].description || series?.modality || missing[0]?.title || '',
      pictures,
      incomplete: (series?.instances ?? []).filter((each) => !each.complete).length,
    },
  ];
}

/**
 * The pictures of a case in the order in which they are read; objects without pixels are left out. What a gateway
 * announced stands among them until the image itself is here.
 */
export function imageSets(data: Source, previews: readonly Preview[] = []): readonly ImageSet[] {
  const missing = missingOf(data, previews);
  const of = (uid: SeriesUid | null) => (each: Preview) => each.seriesInstanceUid === uid;
  const known = data.studies.flatMap((study) =>
    study.series.flatMap((series) => {
      const mine = of(series.seriesInstanceUid);
      return setOf(
        study.studyInstanceUid,
        [study, series],
        previews.filter(mine),
        missing.filter(mine),
        data.photos,
      );
    }),
  );
  const shown = new Set(known.map((each) => each.key));
  const groups = new Map<string, Preview[]>();
  for (const each of missing) {
    const key = each.seriesInstanceUid ?? `${each.studyInstanceUid} ${each.kind}`;
    if (!shown.has(key)) groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  const announced = [...groups.values()].flatMap((group) =>
    group[0] === undefined ? [] : setOf(group[0].studyInstanceUid, null, group, group, data.photos),
  );
  return [...known, ...announced];
}
