import { type ImageHeader, readHeader } from '../imaging/header';
import type { ImageSet } from '../imaging/sets';
import { type DicomJson, seriesMetadata } from '../wire/dicomweb';
import { type Call, Problem } from '../wire/http';

/** The header of one instance: as the page reads it, and as the hub sent it. */
export interface LoadedHeader {
  readonly header: ImageHeader;
  readonly json: DicomJson;
}

function sopOf(json: DicomJson): string {
  const value = json['00080018']?.Value?.[0];
  return typeof value === 'string' ? value : '';
}

/** The headers of one set's whole pictures by SOP Instance UID; fails when one is missing. */
export async function loadHeaders(set: ImageSet, call: Call): Promise<ReadonlyMap<string, LoadedHeader>> {
  if (set.series === null) return new Map();
  const all = await seriesMetadata(set.study, set.series, call);
  const found = new Map(all.map((json) => [sopOf(json), { json, header: readHeader(json) }] as const));
  if (set.pictures.some(({ announced, ref }) => announced === null && !found.has(ref.sop))) {
    throw new Problem({
      status: -1,
      code: 'IMAGE-HEADER',
      title: 'The hub has no header for one of the images.',
      next: 'Reload the case.',
    });
  }
  return found;
}

export type { ImageHeader };
