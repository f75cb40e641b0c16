import type { InstanceRef } from '../wire/dicomweb';
import type { Case, CasePhoto, Instance, Series, Study } from '../wire/types';

/** One picture to choose from: a frame of a stack, or a photo. */
export interface Picture {
  readonly ref: InstanceRef;
  readonly instance: Instance;
  readonly frame: number;
  readonly label: string;
}

/** What is shown in one viewport: a series as a stack of grey images, or a strip of photos. */
export interface ImageSet {
  readonly key: string;
  readonly kind: 'stack' | 'photos';
  readonly study: Study;
  readonly series: Series;
  readonly title: string;
  readonly pictures: readonly Picture[];
  readonly incomplete: number;
}

function showable(instance: Instance): boolean {
  return (instance.rows ?? 0) > 0 && (instance.columns ?? 0) > 0;
}

function byNumber(left: Instance, right: Instance): number {
  return (left.instanceNumber ?? 0) - (right.instanceNumber ?? 0);
}

function picturesOf(study: Study, series: Series, photos: readonly CasePhoto[]): Picture[] {
  return [...series.instances]
    .filter(showable)
    .sort(byNumber)
    .flatMap((instance, index) => {
      const ref = {
        study: study.studyInstanceUid,
        series: series.seriesInstanceUid,
        sop: instance.sopInstanceUid,
      };
      const photo = photos.find((each) => each.sopInstanceUid === instance.sopInstanceUid);
      const name = photo === undefined || photo.view === '' ? String(index + 1) : photo.view;
      const frames = instance.photo ? 1 : Math.max(1, instance.numberOfFrames ?? 1);
      return Array.from({ length: frames }, (_, frame) => ({
        ref,
        instance,
        frame: frame + 1,
        label: frames > 1 ? `${name}.${frame + 1}` : name,
      }));
    });
}

/** The pictures of a case in the order in which they are read; objects without pixels are left out. */
export function imageSets(data: Pick<Case, 'studies' | 'photos'>): readonly ImageSet[] {
  return data.studies.flatMap((study) =>
    study.series.flatMap((series) => {
      const pictures = picturesOf(study, series, data.photos);
      const first = pictures[0];
      if (first === undefined) return [];
      return [
        {
          key: series.seriesInstanceUid,
          kind: first.instance.photo ? ('photos' as const) : ('stack' as const),
          study,
          series,
          title: series.description || study.description || series.modality || '',
          pictures,
          incomplete: series.instances.filter((each) => !each.complete).length,
        },
      ];
    }),
  );
}
