/**
 * The clinic face without a link: keeps the page and its hashed files after the first visit. Answers of the hub's
 * interface (`/api`, `/dicomweb`) are never kept and never served from here; they hold patient data.
 */
interface FetchEvent extends Event {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}

interface LifeEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}

/** The part of the service worker's scope that is used; the DOM library of the compiler does not know it. */
interface WorkerScope {
  readonly location: Location;
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', listener: (event: LifeEvent) => void): void;
  addEventListener(type: 'fetch', listener: (event: FetchEvent) => void): void;
  addEventListener(type: 'message', listener: (event: MessageEvent & LifeEvent) => void): void;
}

const scope = globalThis as unknown as WorkerScope;
const SHELF = 'heliograph-clinic-1';
const PAGE = '/clinic';

scope.addEventListener('install', (event) => event.waitUntil(scope.skipWaiting()));
scope.addEventListener('activate', (event) => event.waitUntil(scope.clients.claim()));

scope.addEventListener('message', (event) => {
  const paths: unknown = event.data?.keep;
  if (!Array.isArray(paths)) return;
  event.waitUntil(keep(paths.filter((path): path is string => typeof path === 'string')));
});

/** Keeps what the page of today uses and drops what only older ones did. */
async function keep(paths: readonly string[]): Promise<void> {
  const shelf = await caches.open(SHELF);
  const assets = paths.filter((path) => path.startsWith('/assets/'));
  for (const path of assets) {
    if ((await shelf.match(path)) === undefined) await shelf.add(path);
  }
  await shelf.add(new Request(PAGE, { cache: 'no-cache' }));
  for (const request of await shelf.keys()) {
    const { pathname } = new URL(request.url);
    if (pathname !== PAGE && !assets.includes(pathname)) await shelf.delete(request);
  }
}

scope.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== scope.location.origin) return;
  if (url.pathname.startsWith('/assets/')) event.respondWith(shelfFirst(request));
  else if (request.mode === 'navigate' && (url.pathname === PAGE || url.pathname === `${PAGE}/`)) {
    event.respondWith(linkFirst(request));
  }
});

/** Hashed files never change under one name. */
async function shelfFirst(request: Request): Promise<Response> {
  const kept = await (await caches.open(SHELF)).match(request);
  return kept ?? fetch(request);
}

async function linkFirst(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (failure) {
    const kept = await (await caches.open(SHELF)).match(PAGE);
    if (kept === undefined) throw failure;
    return kept;
  }
}
