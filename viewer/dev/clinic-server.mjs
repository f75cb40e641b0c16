// A development hub for the light faces: synthetic cases in memory, tus uploads that can be slow or cut.
// `node dev/clinic-server.mjs PORT [BYTES_PER_SECOND]`; sign in as clinic, referrer, coordinator or administrator with
// any password but "wrong". Journeys are tested against the real hub; this is for looking at pages.
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { dirname, extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const out = join(dirname(fileURLToPath(import.meta.url)), '../target/classes/META-INF/resources');
const port = Number(process.argv[2] ?? 0);
const bytesPerSecond = Number(process.argv[3] ?? 0);
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};
const CSP =
  "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self' blob:; img-src 'self' data: blob:; " +
  "style-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'";
const site = { id: 's-1', code: 'KIB', name: 'Kibera Health Centre' };
const people = Object.fromEntries(
  [
    ['clinic', 'Amina Odhiambo', 'CLINIC', site],
    ['referrer', 'Dr Tomás Quispe', 'REFERRER', null],
    ['coordinator', 'Nora Lindqvist', 'COORDINATOR', null],
    ['administrator', 'Ada Admin', 'ADMINISTRATOR', null],
  ].map(([login, displayName, role, where]) => [
    login,
    { id: `p-${login}`, login, displayName, role, specialty: null, site: where },
  ]),
);
const referrers = [
  { id: 'p-referrer', displayName: 'Dr Tomás Quispe', organisation: 'Hospital San Martín' },
  { id: 'p-r2', displayName: 'Dr Fatima Torres', organisation: 'District hospital' },
];
const ago = (minutes) => new Date(Date.now() - minutes * 60_000).toISOString();
const sections = {
  technique: 'Frontal and lateral views of the left forearm.',
  comparison: 'None.',
  findings:
    'Transverse fracture of the distal radius, 2 cm above the wrist, with dorsal angulation of about 15°.\nThe ulna is intact. No foreign body.',
  impression: 'Distal radius fracture with dorsal angulation.',
  recommendation: 'Reduction and cast; control X-ray after one week.',
};
const finalReport = (id) => ({
  status: 'FINAL',
  version: 3,
  sections,
  signedBy: 'Dr Rita Reader',
  signedAt: ago(40),
  addenda: [
    { text: 'The follow-up date was agreed by telephone.', signedBy: 'Dr Rita Reader', signedAt: ago(20) },
  ],
  pdf: `/api/cases/${id}/report.pdf`,
});

function makeCase(n, state, fields) {
  const created = ago(n * 190 + 5);
  const { familyName, givenName, birthDate, sex, ageText, request, ...more } = fields;
  return {
    id: `c-${n}`,
    number: `2026-00012${n}`,
    state,
    stateText: state,
    urgency: request?.urgency ?? 'ROUTINE',
    specialty: request?.specialty ?? 'RADIOLOGY',
    deadlineAt: new Date(Date.now() + (6 - n * 3) * 3600_000).toISOString(),
    clockPaused: state === 'NEEDS_INFO',
    overdue: n > 2 && ['WAITING', 'CLAIMED'].includes(state),
    site: { id: site.id, name: site.name },
    patient: { name: [familyName, givenName].join(' '), sex, birthDate, ageText },
    bodyPart: request?.bodyPart ?? 'CHEST',
    modality: request?.specialty === 'DERMATOLOGY' ? 'XC' : 'DX',
    imageCount: 3,
    underWay: null,
    previewsOnly: false,
    createdAt: created,
    updatedAt: ago(n * 31 + 2),
    claimedBy: null,
    claimedUntil: null,
    version: 4,
    patientDetails: { familyName, givenName, id: `KHC-20${n}7`, issuer: 'KIB', birthDate, sex },
    request: request ?? null,
    referrer: request === undefined ? null : referrers[0],
    studies: [],
    photos: [],
    messages: [],
    events: [
      { at: created, by: 'Amina Odhiambo', kind: 'CREATED', text: 'Case begun' },
      { at: ago(n * 31 + 2), by: 'Amina Odhiambo', kind: 'SUBMITTED', text: 'Sent' },
    ],
    report: null,
    mismatch: null,
    actions: [],
    ...more,
  };
}

const skin = {
  specialty: 'DERMATOLOGY',
  urgency: 'URGENT',
  bodyPart: 'ARM',
  laterality: 'L',
  question: 'Is this mole suspicious?',
  history: 'Growing for three months, itches.',
  accessionNumber: '',
  expectXray: false,
};
const bone = {
  specialty: 'RADIOLOGY',
  urgency: 'EMERGENCY',
  bodyPart: 'FOREARM',
  laterality: 'L',
  question: 'Fracture?',
  history: 'Fell from a tree this morning.',
  accessionNumber: 'H7KD4PXM',
  expectXray: true,
};
const reader = { id: 'p-rita', displayName: 'Dr Rita Reader' };
const megabytes = (count) => Math.round(count * 1e6);
const underWay = (received, total, fields = {}) => ({
  gateway: 'kibera-pc',
  receivedBytes: megabytes(received),
  totalBytes: megabytes(total),
  storedInstances: 0,
  totalInstances: 2,
  previews: 2,
  lastHeardAt: ago(0),
  silent: false,
  ...fields,
});
const cases = [
  makeCase(1, 'NEEDS_INFO', {
    familyName: 'Wanjiru',
    givenName: 'Grace',
    birthDate: '1992-05-02',
    sex: 'F',
    ageText: '34 y',
    request: skin,
    claimedBy: reader,
    actions: ['edit', 'answer', 'cancel'],
    messages: [
      {
        at: ago(31),
        by: 'Dr Rita Reader',
        kind: 'INFO_REQUESTED',
        text: 'The close-up is out of focus. Please take it again, with a ruler beside the spot.',
      },
    ],
  }),
  makeCase(2, 'CLAIMED', {
    familyName: 'الراشد',
    givenName: 'ليلى',
    birthDate: '1968-11-23',
    sex: 'F',
    ageText: '57 y',
    request: bone,
    claimedBy: reader,
    actions: [],
    messages: [
      { at: ago(50), by: 'Amina Odhiambo', kind: 'MESSAGE', text: 'The patient can still move all fingers.' },
    ],
  }),
  makeCase(3, 'SUBMITTED', {
    familyName: '王',
    givenName: '小明',
    birthDate: '2019-02-14',
    sex: 'M',
    ageText: '7 y',
    request: { ...bone, urgency: 'URGENT' },
    imageCount: 0,
    actions: ['cancel'],
  }),
  makeCase(4, 'DELIVERED', {
    familyName: 'Otieno',
    givenName: 'Daniel',
    birthDate: '1981-07-09',
    sex: 'M',
    ageText: '45 y',
    request: bone,
    actions: [],
  }),
  makeCase(5, 'RECEIVING', {
    familyName: 'शर्मा',
    givenName: 'अनिता',
    birthDate: null,
    sex: 'F',
    ageText: null,
    actions: ['edit', 'cancel'],
    mismatch: { fields: ['birthDate'] },
  }),
  makeCase(6, 'WAITING', {
    familyName: '<img src=x onerror=alert(1)>',
    givenName: '',
    birthDate: '1950-01-01',
    sex: 'O',
    ageText: '76 y',
    request: skin,
    actions: [],
  }),
  makeCase(7, 'REJECTED', {
    familyName: 'Achieng',
    givenName: 'Mary',
    birthDate: '2001-03-03',
    sex: 'F',
    ageText: '25 y',
    request: skin,
    messages: [
      {
        at: ago(300),
        by: 'Dr Dele Dermatologist',
        kind: 'REJECTED',
        text: 'Pictures too dark to read; please start a new case in daylight.',
      },
    ],
  }),
  makeCase(8, 'WAITING', {
    familyName: 'Achieng',
    givenName: 'Rose',
    birthDate: '1979-12-01',
    sex: 'F',
    ageText: '46 y',
    request: { ...bone, expectXray: false },
    imageCount: 0,
    actions: [],
    underWay: underWay(2.1, 4.9),
    previewsOnly: true,
  }),
  makeCase(9, 'CLAIMED', {
    familyName: 'Mwangi',
    givenName: 'Peter',
    birthDate: '1990-03-11',
    sex: 'M',
    ageText: '36 y',
    request: { ...bone, urgency: 'URGENT', expectXray: false },
    imageCount: 1,
    claimedBy: reader,
    actions: ['release-parcels'],
    underWay: underWay(6.2, 14.4, { storedInstances: 1, lastHeardAt: ago(95), silent: true }),
  }),
];
cases[3].report = finalReport('c-4');
const inbox = [
  ['d-1', cases[3], null, null],
  ['d-2', cases[1], ago(5), null],
  ['d-3', cases[0], ago(500), ago(480)],
].map(([deliveryId, c, readAt, acknowledgedAt], i) => ({
  deliveryId,
  caseId: c.id,
  caseNumber: c.number,
  patient: c.patient,
  site: { id: site.id, name: site.name },
  bodyPart: c.bodyPart,
  urgency: c.urgency,
  deliveredAt: ago(30 + i * 600),
  readAt,
  acknowledgedAt,
  impression: sections.impression,
}));
const uploads = new Map();
const listeners = new Set();

const html = (face) => readFile(join(out, face, 'index.html'));
const send = (response, status, body, type = 'application/json') => {
  response.appendHeader('set-cookie', 'XSRF-TOKEN=dev-token; Path=/; SameSite=Lax');
  response.writeHead(status, { 'content-type': type });
  response.end(typeof body === 'string' || body instanceof Buffer ? body : JSON.stringify(body));
};
const problem = (response, status, code, title, next) =>
  send(
    response,
    status,
    { type: 'about:blank', status, code, title, detail: '', next },
    'application/problem+json',
  );

async function bodyOf(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  const text = Buffer.concat(parts).toString();
  return text === '' ? {} : JSON.parse(text);
}

function change(found, fields) {
  Object.assign(found, fields, { version: found.version + 1, updatedAt: new Date().toISOString() });
  for (const listener of listeners)
    listener.write(`event: case\ndata: {"caseId":"${found.id}","version":${found.version}}\n\n`);
  return found;
}

async function tus(request, response, id) {
  const upload = uploads.get(id);
  const headers = { 'tus-resumable': '1.0.0', 'cache-control': 'no-store' };
  if (request.method === 'POST') {
    const made = randomUUID();
    const metadata = Object.fromEntries(
      (request.headers['upload-metadata'] ?? '').split(',').map((pair) => {
        const [key, value = ''] = pair.split(' ');
        return [key, Buffer.from(value, 'base64').toString()];
      }),
    );
    uploads.set(made, { length: Number(request.headers['upload-length']), offset: 0, metadata });
    return response.writeHead(201, { ...headers, location: `/api/uploads/${made}` }).end();
  }
  if (upload === undefined)
    return problem(response, 404, 'TR-0003', 'There is no such upload.', 'Start again.');
  const state = () => ({ ...headers, 'upload-offset': upload.offset, 'upload-length': upload.length });
  if (request.method === 'HEAD') return response.writeHead(200, state()).end();
  if (Number(request.headers['upload-offset']) !== upload.offset)
    return problem(response, 409, 'TR-0110', 'Wrong offset.', '');
  for await (const part of request) {
    upload.offset += part.length;
    if (bytesPerSecond > 0)
      await new Promise((done) => setTimeout(done, (part.length / bytesPerSecond) * 1000));
  }
  if (upload.offset === upload.length) {
    const found = cases.find((c) => c.id === upload.metadata.caseId);
    if (upload.metadata.filename?.startsWith('landmark') && process.argv[4] === 'refuse') {
      return problem(response, 422, 'TR-0123', 'The picture is damaged.', 'Take it again.');
    }
    found?.photos.push({
      id,
      view: upload.metadata.view,
      sopInstanceUid: `2.25.${uploads.size}`,
      width: 4000,
      height: 3000,
      warnings: [],
    });
    if (found !== undefined) found.imageCount++;
  }
  return response.writeHead(204, state()).end();
}

async function api(request, response, path, url) {
  const { method } = request;
  const signedIn = people[/who=(\w+)/.exec(request.headers.cookie ?? '')?.[1]] ?? null;
  if (path === '/api/session' && method === 'POST') {
    const { login, password } = await bodyOf(request);
    if (people[login] === undefined || password === 'wrong') {
      return problem(
        response,
        401,
        'TR-0001',
        'The user name or the password is wrong.',
        'Check both and try again.',
      );
    }
    response.appendHeader('set-cookie', `who=${login}; Path=/; HttpOnly`);
    return send(response, 200, { person: people[login] });
  }
  if (path === '/api/setup') return send(response, 201, {});
  if (signedIn === null)
    return problem(response, 401, 'TR-0002', 'Please sign in.', 'Sign in and try again.');
  if (method !== 'GET' && method !== 'HEAD' && request.headers['x-xsrf-token'] !== 'dev-token') {
    return problem(response, 403, 'TR-0004', 'The page is out of date.', 'Load it again.');
  }
  if (path === '/api/session') {
    if (method === 'DELETE') {
      return response.writeHead(204, { 'set-cookie': 'who=; Path=/; Max-Age=0' }).end();
    }
    return send(response, 200, { person: signedIn });
  }
  if (path === '/api/events') {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(':\n\n');
    listeners.add(response);
    request.on('close', () => listeners.delete(response));
    return undefined;
  }
  if (path === '/api/referrers') {
    const q = (url.searchParams.get('q') ?? '').toLowerCase();
    return send(
      response,
      200,
      referrers.filter((r) => r.displayName.toLowerCase().includes(q)),
    );
  }
  if (path.startsWith('/api/gateways'))
    return boardOfGateways(response, path, method === 'POST' ? await bodyOf(request) : null);
  if (path.startsWith('/api/uploads')) return tus(request, response, path.slice('/api/uploads/'.length));
  if (path === '/api/inbox') return send(response, 200, { items: inbox, next: null });
  const [, delivery, ack] = /^\/api\/inbox\/([^/]+)(\/acknowledge)?$/.exec(path) ?? [];
  const item = inbox.find((each) => each.deliveryId === delivery);
  if (item !== undefined) {
    item.readAt ??= new Date().toISOString();
    if (ack !== undefined) item.acknowledgedAt = new Date().toISOString();
    const request_ = cases.find((c) => c.id === item.caseId)?.request ?? null;
    return send(
      response,
      200,
      ack !== undefined
        ? item
        : {
            ...item,
            report: finalReport(item.caseId),
            request: request_,
            pdf: `/api/cases/${item.caseId}/report.pdf`,
          },
    );
  }
  if (path === '/api/cases' && method === 'GET') {
    const wanted = url.searchParams.get('state')?.split(',');
    return send(response, 200, { items: cases.filter((c) => wanted?.includes(c.state) ?? true), next: null });
  }
  if (path === '/api/cases') {
    const { patient, request: asked } = await bodyOf(request);
    const made = makeCase(cases.length + 1, 'DRAFT', {
      ...patient,
      ageText: null,
      request: asked,
      actions: ['edit', 'submit', 'cancel'],
    });
    made.imageCount = 0;
    made.createdAt = made.updatedAt = new Date().toISOString();
    made.deadlineAt = null;
    cases.unshift(made);
    return send(response, 201, made);
  }
  const [, id, act] = /^\/api\/cases\/([^/]+)(?:\/([\w-]+))?$/.exec(path) ?? [];
  const found = cases.find((c) => c.id === id);
  if (found === undefined)
    return problem(
      response,
      404,
      'TR-0003',
      'This case does not exist or is not yours to see.',
      'Go back to the list.',
    );
  if (act === undefined) {
    if (found.underWay !== null && !found.underWay.silent)
      found.underWay.receivedBytes = Math.min(
        found.underWay.totalBytes,
        found.underWay.receivedBytes + 120_000,
      );
    return send(response, 200, found);
  }
  const body = await bodyOf(request);
  const now = new Date().toISOString();
  const message = (kind, text) => [...found.messages, { at: now, by: signedIn.displayName, kind, text }];
  switch (act) {
    case 'submit':
      return send(
        response,
        200,
        change(found, { state: found.request.expectXray ? 'SUBMITTED' : 'WAITING', actions: ['cancel'] }),
      );
    case 'request':
      return send(response, 200, change(found, { request: body.request, referrer: null }));
    case 'cancel':
      return send(response, 200, change(found, { state: 'CANCELLED', actions: [] }));
    case 'release-parcels':
      return send(response, 200, change(found, { underWay: null, actions: [] }));
    case 'answer':
      return send(
        response,
        200,
        change(found, {
          state: 'CLAIMED',
          clockPaused: false,
          actions: [],
          messages: message('ANSWERED', body.text),
        }),
      );
    case 'messages':
      return send(response, 200, change(found, { messages: message('MESSAGE', body.text) }));
    default:
      return problem(response, 404, 'TR-0003', 'Not here.', '');
  }
}

const parcel = (number, received, total, fields = {}) => ({
  id: randomUUID(),
  urgency: 'ROUTINE',
  declaredAt: ago(20),
  receivedBytes: megabytes(received),
  totalBytes: megabytes(total),
  storedInstances: 0,
  totalInstances: 2,
  parkedParts: 0,
  released: false,
  caseNumbers: [number],
  ...fields,
});
const gateway = (name, code, siteName, fields) => ({
  id: randomUUID(),
  name,
  site: { id: code, code, name: siteName },
  software: '0.1.0',
  enrolledAt: ago(60 * 24 * 30),
  switchedOffAt: null,
  lastContactAt: ago(0.3),
  silentSince: null,
  status: {
    at: ago(0.3),
    waitingInstances: 3,
    waitingBytes: megabytes(7.5),
    oldestWaitingSeconds: 1300,
    parked: 0,
    diskFreeBytes: 41e9,
    diskUsedBytes: 12e9,
    bytesPerSecond: 5500,
    startedAt: ago(6000),
  },
  parcels: [],
  ...fields,
});
const gateways = [
  gateway('kibera-pc', 'KIB', 'Kibera Health Centre', {
    parcels: [parcel('2026-000128', 2.1, 4.9, { urgency: 'EMERGENCY' })],
  }),
  gateway('kitui-pc', 'KITUI', 'Kitui Rural Health Post', {
    lastContactAt: ago(95),
    silentSince: ago(95),
    parcels: [parcel('2026-000129', 6.2, 14.4, { urgency: 'URGENT', storedInstances: 1, parkedParts: 1 })],
  }),
  gateway('turkana-box', 'TURK', 'مركز صحي توركانا', { status: null, lastContactAt: null }),
  gateway('old-pc', 'KIB', 'Kibera Health Centre', { switchedOffAt: ago(5000), status: null }),
];

function boardOfGateways(response, path, body) {
  if (path === '/api/gateways') return send(response, 200, gateways);
  if (path === '/api/gateways/codes') {
    if (body.site === 'NONE')
      return problem(response, 404, 'TR-0301', 'There is no such site.', 'List them.');
    const code = `hge1.${Buffer.from(JSON.stringify({ u: ['https://hub.example'], c: randomUUID().repeat(2), p: '' })).toString('base64url')}`;
    return send(response, 201, { code, expiresAt: ago(-7 * 24 * 60), site: body.site });
  }
  const found = gateways.find((each) => path === `/api/gateways/${each.id}/switch-off`);
  found.switchedOffAt = new Date().toISOString();
  return send(response, 200, found);
}

const server = createServer(async (request, response) => {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const path = url.pathname;
  response.setHeader('content-security-policy', CSP);
  try {
    if (path.startsWith('/api/')) return await api(request, response, path, url);
    const face = /^\/(clinic|inbox|login|setup|desk|read)\/?$/.exec(path)?.[1];
    if (face !== undefined) return send(response, 200, await html(face), TYPES['.html']);
    if (path === '/') return response.writeHead(302, { location: '/login' }).end();
    const file = normalize(join(out, path));
    if (!file.startsWith(out)) return problem(response, 404, 'TR-0003', 'Not here.', '');
    return send(response, 200, await readFile(file), TYPES[extname(file)] ?? 'application/octet-stream');
  } catch {
    return problem(response, 404, 'TR-0003', 'Not here.', '');
  }
});
server.listen(port, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
