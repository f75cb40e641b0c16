import { expect, test } from 'vitest';
import { proposeAccessionNumber } from './accession';

test('a proposed accession number fits DICOM SH and has no letters that are mistaken for digits', () => {
  const seen = new Set(Array.from({ length: 500 }, () => proposeAccessionNumber()));

  for (const number of seen) expect(number).toMatch(/^H[ACDEFHJKLMNPRTUVWXY2345679]{7}$/);
  expect(seen.size).toBe(500);
});

test('values that would favour some letters are thrown away', () => {
  const number = proposeAccessionNumber((bytes) => bytes.set(bytes.map((_, i) => (i % 2 === 0 ? 250 : 27))));

  expect(number).toBe('HCCCCCCC');
});
