import { afterEach, expect, test, vi } from 'vitest';
import type { Person, Role } from '../../wire/types';
import { byRole, draw, press, settle, type } from '../shared/dom-testing';
import { wordsFrom } from '../shared/words';
import { destination } from './home';
import { Login } from './Login';
import { en, type Key } from './words';

const words = wordsFrom<Key>(en, 'en');
const as = (role: Role) => ({ role }) as Person;

afterEach(() => vi.unstubAllGlobals());

test.each<[Role, string]>([
  ['CLINIC', '/clinic'],
  ['READER', '/read'],
  ['REFERRER', '/inbox'],
  ['COORDINATOR', '/desk'],
  ['ADMINISTRATOR', '/desk'],
])('%s goes to %s', (role, home) => {
  expect(destination(as(role), '', '')).toBe(home);
});

test('only pages of the own face are returned to', () => {
  expect(destination(as('READER'), '?next=%2Fread%2Fcase%2F7', '')).toBe('/read/case/7');
  expect(destination(as('CLINIC'), '?next=%2Fclinic', '#/case/7')).toBe('/clinic#/case/7');
  expect(destination(as('CLINIC'), '?next=%2Fread%2Fcase%2F7', '')).toBe('/clinic');
  for (const evil of [
    '//evil.example',
    'https://evil.example',
    '/clinic//evil.example',
    '/clinic\\evil',
    'javascript:1',
  ]) {
    expect(destination(as('CLINIC'), `?next=${encodeURIComponent(evil)}`, '')).toBe('/clinic');
  }
});

test('a wrong password is told with code and next step, and the focus goes back to the password', async () => {
  const problem = { status: 401, title: 'Wrong.', code: 'TR-0001', next: 'Try again.' };
  vi.stubGlobal(
    'fetch',
    async () =>
      new Response(JSON.stringify(problem), {
        status: 401,
        headers: { 'content-type': 'application/problem+json' },
      }),
  );
  const page = draw(<Login words={words} onSignedIn={() => undefined} />);

  type(byRole(page, 'textbox', 'User name'), 'amina');
  type(byRole(page, 'textbox', 'Password'), 'x');
  await press(byRole(page, 'button', 'Sign in'));
  await settle();

  expect(byRole(page, 'alert').textContent).toContain('TR-0001');
  expect(byRole(page, 'alert').textContent).toContain('Try again.');
  expect(document.activeElement).toBe(byRole(page, 'textbox', 'Password'));
});

test('empty fields ask for both without asking the hub', async () => {
  const fetching = vi.fn(async () => new Response(null, { status: 401 }));
  vi.stubGlobal('fetch', fetching);
  const page = draw(<Login words={words} onSignedIn={() => undefined} />);

  await press(byRole(page, 'button', 'Sign in'));

  expect(byRole(page, 'alert').textContent).toBe('Enter your user name and your password.');
  expect(fetching).toHaveBeenCalledTimes(1);
});
