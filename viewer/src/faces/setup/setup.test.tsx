import { afterEach, expect, test, vi } from 'vitest';
import { allByRole, byRole, draw, press, settle, type } from '../shared/dom-testing';
import { Setup } from './Setup';

afterEach(() => vi.unstubAllGlobals());

test('a link without its code explains itself instead of showing a form', () => {
  const page = draw(<Setup token="" />);

  expect(byRole(page, 'heading').textContent).toBe('This link is not complete');
  expect(allByRole(page, 'textbox')).toHaveLength(0);
});

test('short or different passwords are told at the field', async () => {
  const page = draw(<Setup token="t" />);
  type(byRole(page, 'textbox', /^Your name/), 'Ada');
  type(byRole(page, 'textbox', /^User name/), 'ada');
  type(byRole(page, 'textbox', /^Password \(/), 'a long enough one');
  type(byRole(page, 'textbox', /^Password again/), 'another long one');

  await press(byRole(page, 'button', 'Create the account'));

  expect(byRole(page, 'alert').textContent).toBe('The two passwords differ.');
});

test('the account is made with the code of the link, and signing in is next', async () => {
  const bodies: unknown[] = [];
  vi.stubGlobal('fetch', async (path: string, init?: RequestInit) => {
    if (path === '/api/session') return new Response(null, { status: 401 });
    bodies.push(JSON.parse(String(init?.body)));
    return new Response(null, { status: 201 });
  });
  const page = draw(<Setup token="one-time" />);
  type(byRole(page, 'textbox', /^Your name/), 'Ada');
  type(byRole(page, 'textbox', /^User name/), 'ada');
  type(byRole(page, 'textbox', /^Password \(/), 'a long enough one');
  type(byRole(page, 'textbox', /^Password again/), 'a long enough one');

  await press(byRole(page, 'button', 'Create the account'));
  await settle();

  expect(bodies).toEqual([
    { token: 'one-time', login: 'ada', displayName: 'Ada', password: 'a long enough one' },
  ]);
  expect(byRole(page, 'link', 'Sign in').getAttribute('href')).toBe('/login');
});
