import type { RequestForm } from './drafts';

/** DICOM Body Part Examined terms (PS3.16 Annex L), in the order in which they are looked for. */
const XRAY = [
  'CHEST', 'HAND', 'WRIST', 'FOREARM', 'ELBOW', 'HUMERUS', 'SHOULDER', 'FOOT', 'ANKLE', 'LEG', 'KNEE', 'FEMUR',
  'HIP', 'PELVIS', 'CSPINE', 'TSPINE', 'LSPINE', 'SKULL', 'ABDOMEN',
] as const; // biome-ignore format: one look

const SKIN = ['FACE', 'SCALP', 'NECK', 'TRUNK', 'BACK', 'ARM', 'HAND', 'LEG', 'FOOT', 'SKIN'] as const;

const PAIRED: ReadonlySet<string> = new Set([
  'HAND',
  'WRIST',
  'FOREARM',
  'ELBOW',
  'HUMERUS',
  'SHOULDER',
  'FOOT',
  'ANKLE',
  'LEG',
  'KNEE',
  'FEMUR',
  'HIP',
  'ARM',
]);

export function bodyPartsOf(specialty: RequestForm['specialty']): readonly string[] {
  return specialty === 'RADIOLOGY' ? XRAY : SKIN;
}

export function hasSides(bodyPart: string): boolean {
  return PAIRED.has(bodyPart);
}
