import { expect, test } from 'vitest';
import { calibrationOf, nameText, readHeader } from './header';

const attribute = (vr: string, ...Value: unknown[]) => ({ vr, Value });

test('reads patient, windows and modality LUT of an instance', () => {
  const header = readHeader({
    '00100010': attribute('PN', { Alphabetic: 'Okello^Amara', Ideographic: '王^小明' }),
    '00100020': attribute('LO', 'K-1'),
    '00280010': attribute('US', 2500),
    '00281050': attribute('DS', 1700, '40'),
    '00281051': attribute('DS', 3000, '400'),
    '00281052': attribute('DS', -1024),
  });

  expect(header.patient.name).toBe('Okello, Amara (王, 小明)');
  expect(header.patient.id).toBe('K-1');
  expect(header.rows).toBe(2500);
  expect(header.windows).toEqual([
    { centre: 1700, width: 3000 },
    { centre: 40, width: 400 },
  ]);
  expect([header.slope, header.intercept]).toEqual([1, -1024]);
});

test('a header of wrong types gives empty values, never a failure', () => {
  const header = readHeader({
    '00100010': attribute('PN', 17),
    '00280010': attribute('US', { rows: 1 }),
    '00281050': { vr: 'DS', Value: 'x' as unknown as unknown[] },
  });

  expect(header.patient.name).toBe('');
  expect(header.rows).toBe(0);
  expect(header.windows).toEqual([]);
});

test('a name without an alphabetic group shows the ideographic one', () => {
  expect(nameText({ Ideographic: '王^小明' })).toBe('王, 小明');
  expect(nameText('Adams^John Robert Quincy^^Rev.^B.A.')).toBe('Adams, Rev. John Robert Quincy, B.A.');
});

const spacing = (mm: number) => attribute('DS', mm, mm);

test('a projection image is calibrated only when its pixel spacing is more than a copy of the detector', () => {
  const dx = { '00080060': attribute('CS', 'DX') };

  expect(calibrationOf(dx)).toEqual({ kind: 'none' });
  expect(calibrationOf({ ...dx, '00181164': spacing(0.139) }).kind).toBe('detector');
  expect(calibrationOf({ ...dx, '00181164': spacing(0.139), '00280030': spacing(0.139) }).kind).toBe(
    'detector',
  );
  expect(calibrationOf({ ...dx, '00181164': spacing(0.139), '00280030': spacing(0.12) }).kind).toBe(
    'patient',
  );
  expect(
    calibrationOf({
      ...dx,
      '00181164': spacing(0.139),
      '00280030': spacing(0.139),
      '00280A02': attribute('CS', 'GEOMETRY'),
    }).kind,
  ).toBe('patient');
});

test('a cross-sectional image is calibrated by its pixel spacing, and never by nought', () => {
  const ct = { '00080060': attribute('CS', 'CT') };

  expect(calibrationOf({ ...ct, '00280030': attribute('DS', 0.5, 0.25) })).toEqual({
    kind: 'patient',
    rowMm: 0.5,
    columnMm: 0.25,
  });
  expect(calibrationOf({ ...ct, '00280030': spacing(0) }).kind).toBe('none');
});

test('the ratios of several lossy steps multiply', () => {
  const lossy = { '00282110': attribute('CS', '01') };

  expect(readHeader({}).lossyRatio).toBeNull();
  expect(readHeader(lossy).lossyRatio).toBe(0);
  expect(readHeader({ ...lossy, '00282112': attribute('DS', 4, 2) }).lossyRatio).toBe(8);
});
