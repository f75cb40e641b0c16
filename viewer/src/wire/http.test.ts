import { expect, test, vi } from 'vitest';
import { getJson, Problem, query, sendJson } from './http';

const call = () => ({ signal: new AbortController().signal });
const failure = async (work: Promise<unknown>) => {
  const caught = await work.then(
    () => undefined,
    (problem: unknown) => problem,
  );
  if (!(caught instanceof Problem)) throw new Error('a problem was expected');
  return caught;
};

test('an unsafe request echoes the anti-forgery cookie in its header', async () => {
  vi.spyOn(document, 'cookie', 'get').mockReturnValue('other=1; XSRF-TOKEN=a%2Fb');
  const fetched = vi.spyOn(globalThis, 'fetch').mockImplementation(async () => Response.json({}));

  await sendJson('POST', '/api/x', { one: 1 }, call());

  const init = fetched.mock.calls[0]?.[1];
  expect(new Headers(init?.headers).get('X-XSRF-TOKEN')).toBe('a/b');
  expect(init?.body).toBe('{"one":1}');
});

test('a refusal keeps the hub’s code and next step', async () => {
  vi.spyOn(globalThis, 'fetch').mockImplementation(
    async () =>
      new Response(JSON.stringify({ title: 'No', code: 'TR-0101', next: 'Go back.' }), {
        status: 404,
        headers: { 'content-type': 'application/problem+json' },
      }),
  );

  expect(await failure(getJson('/api/x', call()))).toMatchObject({
    status: 404,
    code: 'TR-0101',
    title: 'No',
    next: 'Go back.',
  });
});

test('an error page is not shown to people', async () => {
  vi.spyOn(globalThis, 'fetch').mockImplementation(
    async () => new Response('<html>stack trace</html>', { status: 502 }),
  );

  const problem = await failure(getJson('/api/x', call()));

  expect(problem.title).toBe('The hub answered 502.');
  expect(JSON.stringify(problem)).not.toContain('stack trace');
});

test('no answer is told apart from a refusal, and an abort from both', async () => {
  const fetched = vi.spyOn(globalThis, 'fetch');
  fetched.mockImplementationOnce(async () => {
    throw new TypeError('failed to fetch');
  });
  expect((await failure(getJson('/api/x', call()))).offline).toBe(true);

  fetched.mockImplementationOnce(async () => {
    throw new DOMException('gone', 'AbortError');
  });
  await expect(getJson('/api/x', call())).rejects.toThrow(DOMException);
});

test('a query leaves out what is not given', () => {
  expect(query({ q: 'a b', cursor: null, limit: 5, state: '' })).toBe('?q=a+b&limit=5');
  expect(query({ cursor: undefined })).toBe('');
});
