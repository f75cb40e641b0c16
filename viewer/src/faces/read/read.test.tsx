import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { EMPTY_REPORT, EMPTY_SECTIONS } from '../../state/draft';
import { OpenCase } from '../../state/openCase';
import type { PersonId } from '../../wire/ids';
import type { Case } from '../../wire/types';
import { aCase } from '../shared/case-testing';
import { MismatchBar } from './case/MismatchBar';
import { PatientBanner } from './case/PatientBanner';
import { RequestPanel } from './case/RequestPanel';
import { SectionField } from './report/SectionField';
import { SignDialog } from './report/SignDialog';

const HOSTILE = '<img src=x onerror=alert(1)>';
const me = { id: 'me' as PersonId, displayName: 'Dr Me' };
const data: Case = aCase({
  patient: { name: HOSTILE, sex: 'F', birthDate: '1987-04-12', ageText: '39 y' },
  patientDetails: { familyName: HOSTILE, givenName: '', id: 'K-1', issuer: null, birthDate: null, sex: 'F' },
  request: { specialty: 'RADIOLOGY', urgency: 'URGENT', bodyPart: 'Hand', question: HOSTILE },
});

let place: HTMLElement;
let open: OpenCase;

beforeEach(() => {
  place = document.createElement('div');
  document.body.append(place);
  open = new OpenCase(data.id, me);
});

afterEach(() => {
  render(null, place);
  place.remove();
});

function show(content: Parameters<typeof render>[0]): void {
  act(() => render(content, place));
}

function byName<E extends HTMLElement>(kind: new () => E, name: string): E {
  const labelled = [...place.querySelectorAll('label')].find((label) => label.textContent?.includes(name));
  const found =
    labelled === undefined
      ? [...place.querySelectorAll('*')].find(
          (each) => each instanceof kind && each.textContent?.trim() === name,
        )
      : (document.getElementById(labelled.htmlFor) ?? labelled.querySelector('input'));
  if (!(found instanceof kind)) throw new Error(`nothing is called ${name}`);
  return found;
}

function type(field: HTMLInputElement | HTMLTextAreaElement, text: string): void {
  act(() => {
    field.value = text;
    field.setSelectionRange(text.length, text.length);
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });
}

test('text of the hub is shown as text, never as markup', () => {
  show(
    <>
      <PatientBanner data={data} header={null} />
      <RequestPanel data={data} />
    </>,
  );

  expect(place.querySelector('img')).toBeNull();
  expect(place.textContent).toContain(HOSTILE);
});

test('a mismatch is an alert that names the fields and the next step', () => {
  show(<MismatchBar data={{ ...data, mismatch: { fields: ['birthDate', 'id'] } }} images={open.images} />);

  const alert = place.querySelector('[role=alert]');
  expect(alert?.textContent).toContain('birth date, patient ID');
  expect(alert?.textContent).toContain('reject the case');
});

test('a slash offers phrases and Enter writes the chosen one into the draft', () => {
  open.took(data);
  const draft = open.draft.value;
  if (draft === null) throw new Error('no draft');
  show(<SectionField draft={draft} section="impression" specialty="RADIOLOGY" />);
  const area = byName(HTMLTextAreaElement, 'Impression');

  type(area, '/nor');
  expect(place.querySelector('[role=option][aria-selected=true]')?.textContent).toContain('/normal');
  act(() => {
    area.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
  });

  expect(draft.sections.value.impression).toBe('Normal examination.');
  expect(place.querySelector('[role=listbox]')).toBeNull();
});

test('signing shows the text, warns of an empty impression and needs the password', async () => {
  open.took(data);
  const fetched = vi
    .spyOn(globalThis, 'fetch')
    .mockImplementation(async () =>
      Response.json({ ...data.report, status: 'FINAL', version: 3, signedAt: '2026-11-21T11:00:00Z' }),
    );
  show(<SignDialog open={open} onClose={() => undefined} />);

  expect(place.textContent).toContain('Seen.');
  expect(place.textContent).toContain('The impression is empty');
  const password = byName(HTMLInputElement, 'Your password');
  expect([password.type, password.required]).toEqual(['password', true]);

  type(password, 'secret');
  await act(async () => {
    password.form?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
    await Promise.resolve();
  });

  const [path, init] = fetched.mock.calls[0] ?? [];
  expect(path).toBe('/api/cases/case-1/report/sign');
  expect(init?.body).toBe('{"version":2,"password":"secret"}');
  await vi.waitFor(() => expect(open.draft.value?.base.value.status).toBe('FINAL'));
});

test('a report cannot be signed while the hub finds that request and images name different patients', () => {
  open.took({ ...data, mismatch: { fields: ['sex'] } });
  show(<SignDialog open={open} onClose={() => undefined} />);

  expect(place.textContent).toContain('Ask the clinic to correct the request');
  expect(byName(HTMLButtonElement, 'Sign and send').disabled).toBe(true);
});

test('a report with a blank that a phrase left cannot be signed', () => {
  const sections = { ...EMPTY_SECTIONS, findings: 'A fracture of ___.' };
  open.took({ ...data, report: { ...EMPTY_REPORT, status: 'DRAFT', version: 2, sections } });
  show(<SignDialog open={open} onClose={() => undefined} />);

  expect(byName(HTMLButtonElement, 'Sign and send').disabled).toBe(true);
});
