import { act } from 'preact/test-utils';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { OpenCase } from '../../state/openCase';
import { Room } from '../../state/room';
import type { PersonId } from '../../wire/ids';
import type { Case, Person } from '../../wire/types';
import { aCase, aPreview, underWay } from '../shared/case-testing';
import { allByRole, byRole, draw, press, settle, type } from '../shared/dom-testing';
import { ArrivalNote } from './case/ArrivalNote';
import { ImagesPane } from './images/ImagesPane';
import { ReportPane } from './report/ReportPane';
import { SignDialog } from './report/SignDialog';
import { WorklistRow } from './worklist/WorklistRow';

const me: Person = {
  id: 'me' as PersonId,
  login: 'me',
  displayName: 'Dr Me',
  role: 'READER',
  specialty: null,
  site: null,
};
let open: OpenCase;

beforeEach(() => {
  open = new OpenCase(aCase().id, me);
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      disconnect() {}
    },
  );
  URL.createObjectURL ??= () => 'blob:x';
  URL.revokeObjectURL ??= () => undefined;
});

afterEach(async () => {
  draw(null);
  await open.close();
  vi.unstubAllGlobals();
});

function reportOf(data: Case): HTMLElement {
  open.took(data);
  return draw(<ReportPane room={new Room(me, new AbortController().signal)} open={open} data={data} />);
}

test('a row says how much has arrived and since when a site is silent, in words', () => {
  const row = (data: Case) =>
    draw(<WorklistRow row={data} me={me} open={false} reachable onOpen={() => undefined} />).textContent;

  expect(row(aCase({ underWay: underWay(), previewsOnly: true }))).toContain(
    'arriving 43% (1.1 of 2.5 MB)previews only',
  );
  expect(row(aCase({ underWay: underWay({ silent: true, storedInstances: 1 }) }))).toMatch(
    /1 of 2 whole.*silent since /,
  );
  expect(row(aCase({ underWay: underWay({ receivedBytes: 2_500_000 }) }))).toContain('all here, being filed');
  expect(row(aCase())).not.toContain('arriving');
});

test('a preview is marked for as long as it is shown and has neither scale nor grey values', async () => {
  vi.spyOn(globalThis, 'fetch').mockImplementation(
    async () => new Response(new Uint8Array([0xff, 0xd8]), { headers: { 'content-type': 'image/jpeg' } }),
  );
  open.took(aCase({ underWay: underWay(), previewsOnly: true }));
  open.images.previews.value = [aPreview('a'), aPreview('b', { hasPreview: false, url: null })];
  const place = draw(<ImagesPane open={open} />);
  await act(settle);

  expect(place.querySelector('.viewport .preview-mark')?.textContent).toBe('Preview, not for final report');
  expect(place.textContent).toContain('1 as preview · 1 awaited');
  expect(byRole(place, 'button', /^Chest PA, awaited 2/).getAttribute('aria-pressed')).toBe('false');
  expect(allByRole(place, 'button', /Length|Window/)).toEqual([]);
  expect((byRole(place, 'button', /^1:1/) as HTMLButtonElement).disabled).toBe(true);
  expect(place.textContent).not.toContain(' %');

  await press(byRole(place, 'button', /^Chest PA, awaited 2/));
  expect(place.textContent).toContain('Picture 2 of 2 has not arrived yet.');
});

test('a final signature waits for the pictures and says so beside the button; preliminary does not', () => {
  const place = reportOf(aCase({ underWay: underWay() }));
  const sign = byRole(place, 'button', 'Sign') as HTMLButtonElement;

  expect(sign.disabled).toBe(true);
  const reason = place.querySelector(`#${sign.getAttribute('aria-describedby')}`)?.textContent;
  expect(reason).toContain('0 of 2 are whole');
  expect((byRole(place, 'button', 'Release preliminary') as HTMLButtonElement).disabled).toBe(false);
  expect((byRole(reportOf(aCase()), 'button', 'Sign') as HTMLButtonElement).disabled).toBe(false);
});

test('the key for signing tells the reason instead of asking for the password', () => {
  const room = new Room(me, new AbortController().signal);
  const data = aCase({ underWay: underWay() });
  open.took(data);
  draw(<ReportPane room={room} open={open} data={data} />);

  document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true }));

  expect(room.dialog.value).toBeNull();
});

test('when the hub finds pictures under way at the last moment, its words and another way are shown', async () => {
  open.took(aCase());
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (path) => {
    if (String(path).endsWith('/report/sign')) {
      return Response.json(
        { code: 'TR-0204', title: 'Not all pictures are here', next: 'Wait for them.' },
        { status: 409, headers: { 'content-type': 'application/problem+json' } },
      );
    }
    if (String(path).endsWith('/previews')) return Response.json({ items: [] });
    return Response.json(aCase({ underWay: underWay() }));
  });
  const place = draw(<SignDialog open={open} onClose={() => undefined} />);
  const password = byRole(place, 'textbox', /^Your password/);
  type(password, 'secret');
  await act(async () => {
    password.closest('form')?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
    await settle();
  });
  await vi.waitFor(() => expect(open.data.value?.underWay).not.toBeNull());
  await act(settle);

  expect(byRole(place, 'alert').textContent).toContain('Not all pictures are here');
  expect((byRole(place, 'button', 'Sign and send') as HTMLButtonElement).disabled).toBe(true);
  expect(allByRole(place, 'button', 'Release as preliminary')).toHaveLength(1);
});

test('who reads is told how far the pictures are and that their gateway is silent', () => {
  open.took(aCase({ underWay: underWay({ silent: true }) }));
  const place = draw(<ArrivalNote open={open} />);

  expect(place.textContent).toContain('43% (1.1 of 2.5 MB) arrived');
  expect(byRole(place, 'status').textContent).toContain('No word from the gateway since');
});
