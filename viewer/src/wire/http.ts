/**
 * The one door to the hub: JSON in and out, the anti-forgery token echoed on unsafe methods, and every failure
 * thrown as a {@link Problem} with a code and a next step that a person can act on.
 */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly next: string;

  constructor(fields: { status: number; code?: string; title: string; detail?: string; next?: string }) {
    super(fields.title);
    this.status = fields.status;
    this.code = fields.code ?? '';
    this.title = fields.title;
    this.detail = fields.detail ?? '';
    this.next = fields.next ?? '';
  }

  /** No answer at all: the link is down or the hub is. Nothing is known about what arrived. */
  get offline(): boolean {
    return this.status === 0;
  }

  get stale(): boolean {
    return this.status === 409;
  }
}

export function isAbort(failure: unknown): boolean {
  return failure instanceof DOMException && failure.name === 'AbortError';
}

export interface Call {
  readonly signal: AbortSignal;
}

function cookie(name: string): string {
  for (const part of document.cookie.split('; ')) {
    if (part.startsWith(`${name}=`)) return decodeURIComponent(part.slice(name.length + 1));
  }
  return '';
}

/** The header that proves to the hub that the request comes from its own page. */
export function csrfHeader(): Record<string, string> {
  const token = cookie('XSRF-TOKEN');
  return token === '' ? {} : { 'X-XSRF-TOKEN': token };
}

function textField(body: unknown, field: string): string | undefined {
  if (typeof body !== 'object' || body === null || !(field in body)) return undefined;
  const value = (body as Record<string, unknown>)[field];
  return typeof value === 'string' ? value : undefined;
}

/** Reads an `application/problem+json` answer (RFC 9457); other bodies are not trusted as text for people. */
export async function problemOf(response: Response): Promise<Problem> {
  let body: unknown;
  if ((response.headers.get('content-type') ?? '').includes('json')) {
    body = await response.json().catch(() => undefined);
  }
  const fields = {
    status: response.status,
    title: textField(body, 'title') ?? `The hub answered ${response.status}.`,
    code: textField(body, 'code') ?? `HTTP-${response.status}`,
    detail: textField(body, 'detail') ?? '',
    next: textField(body, 'next') ?? '',
  };
  return new Problem(fields);
}

export async function send(path: string, init: RequestInit & Call): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, { credentials: 'same-origin', ...init });
  } catch (failure) {
    if (isAbort(failure)) throw failure;
    throw new Problem({
      status: 0,
      code: 'OFFLINE',
      title: 'The hub cannot be reached.',
      next: 'Check the connection; this page tries again by itself where it can.',
    });
  }
  if (!response.ok) throw await problemOf(response);
  return response;
}

export async function getJson<T>(path: string, call: Call): Promise<T> {
  const response = await send(path, { signal: call.signal, headers: { accept: 'application/json' } });
  return (await response.json()) as T;
}

type Method = 'POST' | 'PUT' | 'DELETE';

async function unsafe(method: Method, path: string, body: unknown, call: Call): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json', ...csrfHeader() };
  if (body !== undefined) headers['content-type'] = 'application/json';
  const init: RequestInit & Call = { method, headers, signal: call.signal };
  if (body !== undefined) init.body = JSON.stringify(body);
  return send(path, init);
}

/** Sends an unsafe request and reads the JSON answer. */
export async function sendJson<T>(
  method: 'POST' | 'PUT',
  path: string,
  body: unknown,
  call: Call,
): Promise<T> {
  return (await (await unsafe(method, path, body, call)).json()) as T;
}

/** Sends an unsafe request whose answer may be empty (204 gives `undefined`). */
export async function sendForMaybe<T>(
  method: Method,
  path: string,
  body: unknown,
  call: Call,
): Promise<T | undefined> {
  const response = await unsafe(method, path, body, call);
  if (response.status === 204) return undefined;
  const text = await response.text();
  return text === '' ? undefined : (JSON.parse(text) as T);
}

/** A query string without empty values; starts with `?` unless nothing is left. */
export function query(values: Record<string, string | number | null | undefined>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value !== null && value !== undefined && value !== '') params.set(name, String(value));
  }
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
}
