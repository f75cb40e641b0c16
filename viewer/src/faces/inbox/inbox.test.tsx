import { afterEach, expect, test, vi } from 'vitest';
import type { InboxItem, InboxLetter } from '../../wire/types';
import { allByRole, byRole, draw, press, settle, type } from '../shared/dom-testing';
import { Letter } from './Letter';
import { Inbox } from './state';

afterEach(() => vi.unstubAllGlobals());

function item(
  id: string,
  deliveredAt: string,
  readAt: string | null,
  acknowledgedAt: string | null,
): InboxItem {
  return {
    deliveryId: id,
    caseId: `case-${id}`,
    caseNumber: '2026-000001',
    patient: { name: 'Otieno Daniel', sex: 'M', birthDate: '1981-07-09', ageText: '45 y' },
    site: { id: 's', name: 'Kibera Health Centre' },
    bodyPart: 'FOREARM',
    urgency: 'URGENT',
    deliveredAt,
    readAt,
    acknowledgedAt,
    impression: 'Fracture.',
  } as unknown as InboxItem;
}

const letter = {
  ...item('d', '2026-11-21T10:00:00Z', '2026-11-21T10:05:00Z', null),
  request: { question: 'Fracture?', history: '' },
  pdf: '/api/cases/case-d/report.pdf',
  report: {
    status: 'FINAL',
    version: 1,
    sections: {
      technique: 'Two views.',
      comparison: '',
      findings: '<script>alert(1)</script>',
      impression: 'Fracture.',
      recommendation: '',
    },
    signedBy: 'Dr Rita Reader',
    signedAt: '2026-11-21T09:55:00Z',
    addenda: [{ text: 'More.', signedBy: 'Dr Rita Reader', signedAt: '2026-11-21T09:58:00Z' }],
    pdf: null,
  },
} as unknown as InboxLetter;

test('unread reports come first, then those to acknowledge, newest first', () => {
  const inbox = new Inbox();
  inbox.items.value = [
    item('done', '2026-11-21T12:00:00Z', 'x', 'y'),
    item('read', '2026-11-21T11:00:00Z', 'x', null),
    item('old', '2026-11-20T10:00:00Z', null, null),
    item('new', '2026-11-21T10:00:00Z', null, null),
  ];

  expect(inbox.sorted.value.map((each) => each.deliveryId)).toEqual(['new', 'old', 'read', 'done']);
  expect(inbox.waiting.value).toBe(3);
});

test('a letter reads in the order that answers the question, and markup in it stays text', () => {
  const page = draw(<Letter inbox={new Inbox()} letter={letter} />);

  const headings = allByRole(page, 'heading').map((each) => each.textContent);
  expect(headings).toEqual([
    'Otieno Daniel',
    'Impression',
    'Findings',
    'Technique',
    'Addendum',
    'Acknowledge',
  ]);
  expect(page.querySelector('script')).toBeNull();
  expect(page.textContent).toContain('<script>alert(1)</script>');
  expect(byRole(page, 'link', 'Open PDF').getAttribute('href')).toBe('/api/cases/case-d/report.pdf');
  expect(byRole(page, 'link', 'Save PDF').getAttribute('download')).toBe('report-2026-000001.pdf');
});

test('acknowledging sends the comment and says when it was done', async () => {
  const asked: [string, RequestInit | undefined][] = [];
  vi.stubGlobal('fetch', async (path: string, init?: RequestInit) => {
    asked.push([path, init]);
    return new Response(JSON.stringify({ ...letter, acknowledgedAt: '2026-11-21T10:10:00Z' }), {
      headers: { 'content-type': 'application/json' },
    });
  });
  const inbox = new Inbox();
  inbox.letter.value = letter;
  function Shown() {
    const current = inbox.letter.value;
    return current === null ? null : <Letter inbox={inbox} letter={current} />;
  }
  const page = draw(<Shown />);

  type(byRole(page, 'textbox', 'Comment'), 'Thank you.');
  await press(byRole(page, 'button', 'Acknowledge this report'));
  await settle();

  expect(asked[0]?.[0]).toBe('/api/inbox/d/acknowledge');
  expect(asked[0]?.[1]?.body).toBe('{"comment":"Thank you."}');
  expect(byRole(page, 'status').textContent).toContain('You acknowledged this report');
  expect(allByRole(page, 'button', 'Acknowledge this report')).toHaveLength(0);
});
