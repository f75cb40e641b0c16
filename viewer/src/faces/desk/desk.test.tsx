import { afterEach, expect, test, vi } from 'vitest';
import type { Gateway } from '../../wire/gateways';
import type { CaseId, GatewayId, SiteId } from '../../wire/ids';
import { aCase, underWay } from '../shared/case-testing';
import { allByRole, byRole, draw, press, settle, type } from '../shared/dom-testing';
import { Cases } from './Cases';
import { GatewayAlarm, Gateways } from './Gateways';
import { GatewayBoard } from './gateway-board';
import { byCondition, conditionOf } from './gateway-state';
import { ReleaseDialog } from './ReleaseDialog';
import { Desk } from './state';

const status = {
  at: '2026-11-21T10:00:00Z',
  waitingInstances: 3,
  waitingBytes: 7_500_000,
  oldestWaitingSeconds: 1300,
  parked: 0,
  diskFreeBytes: 41e9,
  diskUsedBytes: 12e9,
  bytesPerSecond: 5500,
  startedAt: '2026-11-20T10:00:00Z',
};

function gateway(name: string, fields: Partial<Gateway> = {}): Gateway {
  return {
    id: name as GatewayId,
    name,
    site: { id: 's' as SiteId, code: 'KITUI', name: `Site of ${name}` },
    software: '0.1.0',
    enrolledAt: '2026-10-01T10:00:00Z',
    switchedOffAt: null,
    lastContactAt: '2026-11-21T10:00:00Z',
    silentSince: null,
    status,
    parcels: [],
    ...fields,
  };
}

const parcel = {
  id: 'p',
  urgency: 'ROUTINE' as const,
  declaredAt: '2026-11-21T09:00:00Z',
  receivedBytes: 1_075_000,
  totalBytes: 2_500_000,
  storedInstances: 0,
  totalInstances: 1,
  parkedParts: 0,
  released: false,
  caseNumbers: ['2026-000012'],
};

afterEach(() => {
  draw(null);
});

function boardOf(...all: Gateway[]): GatewayBoard {
  const board = new GatewayBoard(new AbortController().signal);
  board.gateways.value = all;
  board.loaded.value = true;
  return board;
}

test('exceptions stand first: the longest silent, then what is parked, then a full disk', () => {
  const all = [
    gateway('off', { switchedOffAt: '2026-11-01T10:00:00Z', silentSince: '2026-11-01T10:00:00Z' }),
    gateway('well'),
    gateway('new', { lastContactAt: null, status: null }),
    gateway('full', { status: { ...status, diskFreeBytes: 4e8 } }),
    gateway('parked', { parcels: [{ ...parcel, parkedParts: 1 }] }),
    gateway('silent', { silentSince: '2026-11-21T09:00:00Z' }),
    gateway('long silent', { silentSince: '2026-11-20T09:00:00Z' }),
  ];

  expect([...all].sort(byCondition).map((each) => each.name)).toEqual([
    'long silent',
    'silent',
    'parked',
    'full',
    'new',
    'well',
    'off',
  ]);
  expect(
    conditionOf(gateway('full', { status: { ...status, diskFreeBytes: 2e9, diskUsedBytes: 98e9 } })),
  ).toBe('full');
});

test('a card tells contact, what waits, the disk and the parcels in words', () => {
  const place = draw(
    <Gateways
      board={boardOf(gateway('kitui-pc', { silentSince: '2026-11-21T10:00:00Z', parcels: [parcel] }))}
    />,
  );
  const card = place.querySelector<HTMLElement>('article');

  expect(card?.textContent).toContain('Silent since ');
  expect(card?.querySelector('.condition svg')).not.toBeNull();
  expect(card?.textContent).toContain('3 (7.5 MB), the oldest');
  expect(card?.textContent).toContain('41.0 GB');
  expect(card?.textContent).toContain('2026-000012');
  expect(card?.textContent).toContain('43% (1.1 of 2.5 MB)');
});

test('silent and parked sites are told on the page where one works', () => {
  const many = Array.from({ length: 7 }, (_, n) => gateway(`g${n}`, { silentSince: '2026-11-21T10:00:00Z' }));

  expect(draw(<GatewayAlarm board={boardOf(gateway('well'))} />).textContent).toBe('');
  expect(draw(<GatewayAlarm board={boardOf(...many)} />).textContent).toMatch(
    /g0: silent since .*and 2 more/,
  );
});

test('a code is told once, with what to type at the site', async () => {
  const fetched = vi
    .spyOn(globalThis, 'fetch')
    .mockImplementation(async () =>
      Response.json({ code: 'hge1.abc', expiresAt: '2026-11-28T10:00:00Z', site: 'KITUI' }),
    );
  const place = draw(<Gateways board={boardOf()} />);
  await press(byRole(place, 'button', 'Add a gateway'));
  type(byRole(place, 'textbox', 'Code of the site'), ' KITUI ');
  await press(byRole(place, 'button', 'Make the code'));

  expect(fetched.mock.calls[0]?.[0]).toBe('/api/gateways/codes');
  expect(fetched.mock.calls[0]?.[1]?.body).toBe('{"site":"KITUI"}');
  const typed = byRole(place, 'textbox', 'On the PC at the site, type') as HTMLTextAreaElement;
  expect(typed.value).toBe('./heliograph gateway enrol hge1.abc');
  await press(byRole(place, 'button', 'Done'));
  expect(place.textContent).not.toContain('hge1.');
});

test('a gateway is switched off only after asking', async () => {
  const fetched = vi
    .spyOn(globalThis, 'fetch')
    .mockImplementation(async () =>
      Response.json(gateway('kitui-pc', { switchedOffAt: '2026-11-21T10:00:00Z' })),
    );
  const place = draw(<Gateways board={boardOf(gateway('kitui-pc'))} />);
  await press(byRole(place, 'button', 'Switch off kitui-pc'));
  expect(fetched).not.toHaveBeenCalled();
  await press(byRole(place, 'button', 'Yes, switch off'));

  expect(fetched.mock.calls[0]?.[0]).toBe('/api/gateways/kitui-pc/switch-off');
  expect(place.textContent).toMatch(/Switched off .*2026/);
  expect(allByRole(place, 'button', 'Switch off kitui-pc')).toEqual([]);
});

test('a coordinator releases a case with a reason, on the version that is shown', async () => {
  const waiting = aCase({ underWay: underWay({ silent: true }), actions: ['release-parcels'] });
  const fetched = vi
    .spyOn(globalThis, 'fetch')
    .mockImplementation(async (_path, init) =>
      Response.json(init?.method === 'POST' ? { ...waiting, underWay: null } : waiting),
    );
  let done = 0;
  const place = draw(
    <ReleaseDialog
      id={'case-1' as CaseId}
      onDone={() => {
        done += 1;
      }}
      onClose={() => undefined}
    />,
  );
  await press(place);
  expect(place.textContent).toContain('0 of 2 announced pictures are whole');
  const button = byRole(place, 'button', 'Release the case') as HTMLButtonElement;
  expect(button.disabled).toBe(true);
  type(byRole(place, 'textbox', /^Reason/), 'The PC was stolen.');
  button.form?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
  await vi.waitFor(() => expect(done).toBe(1));

  expect(fetched.mock.calls.at(-1)?.[0]).toBe('/api/cases/case-1/release-parcels');
  expect(fetched.mock.calls.at(-1)?.[1]?.body).toBe('{"version":4,"reason":"The PC was stolen."}');
});

test('the board of cases says what is arriving and offers the release there', async () => {
  const desk = new Desk();
  desk.cases.value = [aCase({ underWay: underWay({ silent: true }) }), aCase({ number: '2026-000002' })];
  desk.loaded.value = true;
  const place = draw(<Cases desk={desk} />);
  await settle();

  expect(place.textContent).toContain('43% arrived (1.1 of 2.5 MB), 0 of 2 pictures whole');
  expect(place.textContent).toContain('Silent since');
  expect(allByRole(place, 'button', /^Release case/)).toHaveLength(1);
});
