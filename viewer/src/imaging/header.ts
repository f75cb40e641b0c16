import type { DicomJson } from '../wire/dicomweb';

/** What the reading room shows and computes with, taken from an image's own header. */
export interface ImageHeader {
  readonly patient: HeaderPatient;
  readonly sopClassUid: string;
  readonly modality: string;
  readonly studyDate: string;
  readonly studyDescription: string;
  readonly seriesDescription: string;
  readonly bodyPart: string;
  readonly laterality: string;
  readonly view: string;
  readonly instanceNumber: number | null;
  readonly rows: number;
  readonly columns: number;
  readonly frames: number;
  readonly samplesPerPixel: number;
  readonly photometric: string;
  readonly bitsStored: number;
  readonly signed: boolean;
  readonly slope: number;
  readonly intercept: number;
  readonly windows: readonly Window[];
  readonly sigmoid: boolean;
  readonly calibration: Calibration;
  readonly lossyRatio: number | null;
}

export interface HeaderPatient {
  readonly name: string;
  readonly id: string;
  readonly issuer: string;
  readonly birthDate: string;
  readonly sex: string;
}

/** Window Center and Window Width, in the units that the modality LUT gives (PS3.3 C.11.2). */
export interface Window {
  readonly centre: number;
  readonly width: number;
  readonly name?: string;
}

/**
 * What one pixel measures. `detector`: known only at the detector's surface (Imager Pixel Spacing), where a distant
 * object is magnified. `none`: lengths are in pixels (PS3.3 10.7.1.3).
 */
export type Calibration =
  | { readonly kind: 'none' }
  | { readonly kind: 'patient' | 'detector'; readonly rowMm: number; readonly columnMm: number };

const text = (value: unknown): string => {
  if (typeof value === 'string') return value.trim();
  return typeof value === 'number' ? String(value) : '';
};

function values(header: DicomJson, tag: string): readonly unknown[] {
  const found = header[tag]?.Value;
  return Array.isArray(found) ? found : [];
}

function string(header: DicomJson, tag: string): string {
  return text(values(header, tag)[0]);
}

function numbers(header: DicomJson, tag: string): number[] {
  return values(header, tag)
    .map((value) => (typeof value === 'number' ? value : Number.parseFloat(text(value))))
    .filter((value) => Number.isFinite(value));
}

const number = (header: DicomJson, tag: string, fallback: number): number =>
  numbers(header, tag)[0] ?? fallback;

/** A person's name for people: `Family, Given`, with the ideographic form beside it when there is one. */
export function nameText(value: unknown): string {
  if (typeof value === 'string') return groupText(value);
  if (typeof value !== 'object' || value === null) return '';
  const groups = value as Record<string, unknown>;
  const alphabetic = groupText(text(groups.Alphabetic));
  const ideographic = groupText(text(groups.Ideographic));
  if (alphabetic === '') return ideographic;
  return ideographic === '' ? alphabetic : `${alphabetic} (${ideographic})`;
}

function groupText(group: string): string {
  const [family = '', given = '', middle = '', prefix = '', suffix = ''] = group
    .split('^')
    .map((part) => part.trim());
  const firstNames = [prefix, given, middle].filter((part) => part !== '').join(' ');
  return [family, firstNames, suffix].filter((part) => part !== '').join(', ');
}

function spacing(header: DicomJson, tag: string): readonly [number, number] | null {
  const [row, column] = numbers(header, tag);
  if (row === undefined || column === undefined || row <= 0 || column <= 0) return null;
  return [row, column];
}

const PROJECTION = new Set(['CR', 'DX', 'MG', 'IO', 'PX', 'RF', 'XA', 'RG']);

/**
 * Pixel Spacing is trusted in cross-sectional images. In projection images it counts as calibrated when it says how,
 * or differs from Imager Pixel Spacing; a mere copy of that holds at the detector only.
 */
export function calibrationOf(header: DicomJson): Calibration {
  const patient = spacing(header, '00280030');
  const detector = spacing(header, '00181164') ?? spacing(header, '00182010');
  const projection = PROJECTION.has(string(header, '00080060'));
  if (patient !== null) {
    const copied = detector !== null && detector[0] === patient[0] && detector[1] === patient[1];
    const told = string(header, '00280A02') !== '';
    if (!projection || told || !copied) {
      return { kind: 'patient', rowMm: patient[0], columnMm: patient[1] };
    }
  }
  if (detector !== null) return { kind: 'detector', rowMm: detector[0], columnMm: detector[1] };
  return { kind: 'none' };
}

function windowsOf(header: DicomJson): Window[] {
  const centres = numbers(header, '00281050');
  const widths = numbers(header, '00281051');
  const names = values(header, '00281055').map(text);
  const found: Window[] = [];
  centres.forEach((centre, index) => {
    const width = widths[index];
    const name = names[index] ?? '';
    if (width !== undefined && width >= 1)
      found.push(name === '' ? { centre, width } : { centre, width, name });
  });
  return found;
}

function lossyRatio(header: DicomJson): number | null {
  if (string(header, '00282110') !== '01') return null;
  const ratios = numbers(header, '00282112');
  return ratios.length === 0 ? 0 : ratios.reduce((product, ratio) => product * ratio, 1);
}

/** Reads one instance's header. Missing attributes become empty, never a guess. */
export function readHeader(header: DicomJson): ImageHeader {
  return {
    patient: {
      name: nameText(values(header, '00100010')[0]),
      id: string(header, '00100020'),
      issuer: string(header, '00100021'),
      birthDate: string(header, '00100030'),
      sex: string(header, '00100040'),
    },
    sopClassUid: string(header, '00080016'),
    modality: string(header, '00080060'),
    studyDate: string(header, '00080020') || string(header, '00080022'),
    studyDescription: string(header, '00081030'),
    seriesDescription: string(header, '0008103E'),
    bodyPart: string(header, '00180015'),
    laterality: string(header, '00200062') || string(header, '00200060'),
    view: string(header, '00185101'),
    instanceNumber: numbers(header, '00200013')[0] ?? null,
    rows: number(header, '00280010', 0),
    columns: number(header, '00280011', 0),
    frames: Math.max(1, number(header, '00280008', 1)),
    samplesPerPixel: number(header, '00280002', 1),
    photometric: string(header, '00280004'),
    bitsStored: number(header, '00280101', number(header, '00280100', 0)),
    signed: number(header, '00280103', 0) === 1,
    slope: number(header, '00281053', 1) || 1,
    intercept: number(header, '00281052', 0),
    windows: windowsOf(header),
    sigmoid: string(header, '00281056') === 'SIGMOID',
    calibration: calibrationOf(header),
    lossyRatio: lossyRatio(header),
  };
}
