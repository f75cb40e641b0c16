import { beforeEach, expect, test } from 'vitest';
import type { Case } from '../../wire/types';
import { allByRole, byRole, draw, press, settle, type } from '../shared/dom-testing';
import { CaseList } from './CaseList';
import { DraftPage } from './DraftPage';
import { formsOf, patientBody, requestBody } from './hub';
import { parseRoute, route } from './route';
import { Clinic, randomId } from './state';

const person = {
  id: 'person-1',
  login: 'amina',
  displayName: 'Amina',
  role: 'CLINIC',
  specialty: null,
  site: { id: 's', code: 'K', name: 'Kibera' },
} as unknown as NonNullable<Clinic['person']['value']>;

let clinic: Clinic;

beforeEach(() => {
  clinic = new Clinic();
  clinic.person.value = person;
  location.hash = '';
});

test('a patient without a name keeps the first step, with the error at the field', async () => {
  const id = await clinic.startDraft();
  const page = draw(<DraftPage clinic={clinic} id={id} step="patient" />);

  await press(byRole(page, 'button', 'Next'));

  expect(byRole(page, 'alert').textContent).toBe('Enter the family name or the given name.');
  const field = byRole(page, 'textbox', 'Family name');
  expect(field.getAttribute('aria-invalid')).toBe('true');
  expect(field.getAttribute('aria-describedby')).toContain('error');
});

test('what is typed is on the phone before the next step opens', async () => {
  const id = await clinic.startDraft();
  const page = draw(<DraftPage clinic={clinic} id={id} step="patient" />);

  type(byRole(page, 'textbox', 'Family name'), 'الراشد');
  type(byRole(page, 'textbox', 'Patient number'), 'K-7');
  await press(byRole(page, 'button', 'Next'));
  await settle();

  expect((await clinic.store.read(id))?.patient).toMatchObject({ familyName: 'الراشد', id: 'K-7' });
  expect(parseRoute(location.hash)).toEqual({ page: 'draft', id, step: 'pictures' });
});

test('the X-ray machine sends: the accession number to type is proposed at once', async () => {
  const id = await clinic.startDraft();
  const page = draw(<DraftPage clinic={clinic} id={id} step="pictures" />);
  expect(allByRole(page, 'button', /^Take photo: /)).toHaveLength(5);

  await press(byRole(page, 'radio', /^X-ray/));

  expect(allByRole(page, 'button', /^Take photo: /)).toHaveLength(0);
  const field = byRole(page, 'textbox', /^Accession number/) as HTMLInputElement;
  expect(field.value).toMatch(/^H[A-Z2-9]{7}$/);
});

test('a name that is markup is shown as the text that it is', () => {
  clinic.casesLoaded.value = true;
  clinic.cases.value = [summary('<img src=x onerror=alert(1)>')];
  const page = draw(<CaseList clinic={clinic} />);

  expect(page.querySelector('img')).toBeNull();
  expect(byRole(page, 'link', /<img src=x/).textContent).toContain('<img src=x onerror=alert(1)>');
});

test('what the clinic must act on comes first', () => {
  clinic.cases.value = [summary('Newer'), { ...summary('Older'), state: 'NEEDS_INFO' }];

  expect(clinic.sortedCases.value.map((each) => each.patient.name)).toEqual(['Older', 'Newer']);
});

test('a case that the hub knows fills the forms and comes back the same', () => {
  const found = {
    ...summary('x'),
    patientDetails: { familyName: 'A', givenName: 'B', id: '7', issuer: 'K', birthDate: null, sex: '' },
    request: {
      specialty: 'RADIOLOGY',
      urgency: 'URGENT',
      bodyPart: 'HAND',
      laterality: 'L',
      question: 'q',
      history: '',
      referrerId: 'r',
      accessionNumber: 'H1',
      expectXray: true,
    },
    referrer: { id: 'r', displayName: 'Dr R', organisation: null },
  } as unknown as Case;
  const forms = formsOf(found);

  expect(patientBody(forms.patient)).toEqual({
    familyName: 'A',
    givenName: 'B',
    id: '7',
    birthDate: null,
    sex: '',
  });
  expect(requestBody(forms.request)).toEqual({ ...found.request, history: null });
});

test('addresses hold our own ids only, and nonsense leads to the list', () => {
  expect(parseRoute('#/case/0f-1')).toEqual({ page: 'case', id: '0f-1' });
  expect(parseRoute('#/draft/a-1/request')).toEqual({ page: 'draft', id: 'a-1', step: 'request' });
  expect(parseRoute('#/draft/a-1/nonsense')).toEqual({ page: 'draft', id: 'a-1', step: 'patient' });
  expect(parseRoute('#/../../etc')).toEqual({ page: 'list' });
  expect(route.value.page).toBeDefined();
  expect(randomId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

function summary(name: string): Case {
  return {
    id: `case-${name.length}`,
    number: '2026-000001',
    state: 'WAITING',
    stateText: '',
    urgency: 'ROUTINE',
    specialty: 'RADIOLOGY',
    deadlineAt: null,
    clockPaused: false,
    overdue: false,
    site: { id: 's', name: 'Kibera' },
    patient: { name, sex: 'F', birthDate: null, ageText: null },
    bodyPart: 'CHEST',
    modality: 'DX',
    imageCount: 1,
    createdAt: '2026-11-21T10:00:00Z',
    updatedAt: '2026-11-21T10:00:00Z',
    claimedBy: null,
    claimedUntil: null,
    version: 1,
  } as unknown as Case;
}
