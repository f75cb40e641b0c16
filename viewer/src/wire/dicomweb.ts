import { type Call, getJson } from './http';
import type { SeriesUid, SopUid, StudyUid } from './ids';

export interface InstanceRef {
  readonly study: StudyUid;
  readonly series: SeriesUid;
  readonly sop: SopUid;
}

/** One data set in the DICOM JSON model (PS3.18 Annex F), keyed by eight hex digits. */
export type DicomJson = Record<string, DicomJsonAttribute | undefined>;
export interface DicomJsonAttribute {
  readonly vr?: string;
  readonly Value?: readonly unknown[];
  readonly BulkDataURI?: string;
  readonly InlineBinary?: string;
}

const part = encodeURIComponent;
export const seriesPath = (study: StudyUid, series: SeriesUid) =>
  `/dicomweb/studies/${part(study)}/series/${part(series)}`;
export const instancePath = (ref: InstanceRef) =>
  `${seriesPath(ref.study, ref.series)}/instances/${part(ref.sop)}`;
export const framePath = (ref: InstanceRef, frame: number) => `${instancePath(ref)}/frames/${frame}`;
export const thumbnailPath = (ref: InstanceRef) => `${instancePath(ref)}/thumbnail`;
export const renderedPath = (ref: InstanceRef) => `${instancePath(ref)}/rendered`;

/** The headers of all instances of a series, without pixels (PS3.18 10.4.1.1.2). */
export function seriesMetadata(
  study: StudyUid,
  series: SeriesUid,
  call: Call,
): Promise<readonly DicomJson[]> {
  return getJson(`${seriesPath(study, series)}/metadata`, call);
}

export function instanceMetadata(ref: InstanceRef, call: Call): Promise<readonly DicomJson[]> {
  return getJson(`${instancePath(ref)}/metadata`, call);
}
