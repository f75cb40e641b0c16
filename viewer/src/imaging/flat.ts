import type { DicomJson } from '../wire/dicomweb';

const POSITION = ['00200032', '00200037', '00280034', '00181164', '00182010'];

function pair(json: DicomJson, tag: string): readonly [number, number] | null {
  const [row, column] = (json[tag]?.Value ?? []).map(Number);
  if (row === undefined || column === undefined) return null;
  return row > 0 && column > 0 && Number.isFinite(row / column) ? [row, column] : null;
}

/**
 * A header for a flat display: one pixel is one unit, however far it is from square. Devices send spacings of nought
 * and orientations that are none, which would leave a renderer nothing to show; lengths are measured elsewhere, by
 * the header as it came.
 */
export function flattened(json: DicomJson): DicomJson {
  const [row, column] = pair(json, '00280030') ?? pair(json, '00280034') ?? [1, 1];
  const flat: DicomJson = { ...json, '00280030': { vr: 'DS', Value: [row / column, 1] } };
  for (const tag of POSITION) delete flat[tag];
  return flat;
}
