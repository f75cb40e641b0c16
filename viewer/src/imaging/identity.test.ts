import { expect, test } from 'vitest';
import type { PatientDetails } from '../wire/types';
import type { HeaderPatient } from './header';
import { contradictions } from './identity';

const request: PatientDetails = {
  familyName: 'Muñoz',
  givenName: 'José María',
  id: 'K-1',
  issuer: 'KISORO',
  birthDate: '1987-04-12',
  sex: 'M',
};
const image: HeaderPatient = {
  name: 'MUNOZ, JOSE MARIA',
  id: 'K-1',
  issuer: 'KISORO',
  birthDate: '19870412',
  sex: 'M',
};

test('the same person spelled without accents, in another order or script is no contradiction', () => {
  expect(contradictions(image, request)).toEqual([]);
  expect(contradictions({ ...image, name: 'José María Muñoz' }, request)).toEqual([]);
  expect(contradictions({ ...image, name: '穆, 何 (Muñoz, José María)' }, request)).toEqual([]);
});

test('what one side does not say is no contradiction', () => {
  const silent = { name: '', id: '', issuer: '', birthDate: '', sex: '' };

  expect(contradictions(silent, request)).toEqual([]);
  expect(contradictions(image, { ...request, issuer: null, birthDate: null, sex: '' })).toEqual([]);
});

test('each field that differs is named', () => {
  const other = { name: 'Ruiz, Ana', id: 'K-2', issuer: 'PORT', birthDate: '19870413', sex: 'F' };

  expect(contradictions(other, request)).toEqual(['name', 'birthDate', 'sex', 'id', 'issuer']);
});
