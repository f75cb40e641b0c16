import { type ImageHeader, readHeader } from '../imaging/header';
import type { ImageSet } from '../imaging/sets';
import { type DicomJson, framePath, seriesMetadata } from '../wire/dicomweb';
import { type Call, Problem } from '../wire/http';
import type { FrameSource } from './viewport';

function sopOf(json: DicomJson): string {
  const value = json['00080018']?.Value?.[0];
  return typeof value === 'string' ? value : '';
}

/** The headers of one set's pictures, in the order of the pictures; fails when one is missing. */
export async function loadSources(set: ImageSet, call: Call): Promise<readonly FrameSource[]> {
  const { studyInstanceUid } = set.study;
  const all = await seriesMetadata(studyInstanceUid, set.series.seriesInstanceUid, call);
  const found = new Map(all.map((json) => [sopOf(json), { json, header: readHeader(json) }] as const));
  return set.pictures.map(({ ref, frame }) => {
    const one = found.get(ref.sop);
    if (one === undefined) {
      throw new Problem({
        status: -1,
        code: 'IMAGE-HEADER',
        title: 'The hub has no header for one of the images.',
        next: 'Reload the case.',
      });
    }
    return { path: framePath(ref, frame), header: one.header, json: one.json };
  });
}

export type { ImageHeader };
