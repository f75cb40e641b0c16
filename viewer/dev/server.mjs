// A development server: the built pages under the hub's content security policy, with synthetic cases in memory.
// It knows just enough of the HTTP contract to draw the faces; journeys are tested against the real hub.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { dirname, extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { header, makeCases, skin, xray, xrayThumbnail } from './synthetic.mjs';

const out = join(dirname(fileURLToPath(import.meta.url)), '../target/classes/META-INF/resources');
const port = Number(process.argv[2] ?? 0);
const [COLUMNS, ROWS] = [2048, 2500];
const frames = [xray(COLUMNS, ROWS, 7), xray(COLUMNS, ROWS, 11)];
const photos = [skin(1200, 900, false), skin(1200, 900, true)];
const cases = makeCases();
const reports = new Map();
const listeners = new Set();
// A case whose pictures come by a gateway: each asking brings some more of them, until all are whole.
const ARRIVING = 'case-6';
let arrived = 0;
const person = {
  id: 'p-1',
  login: 'rita',
  displayName: 'Dr Rita Reader',
  role: 'READER',
  specialty: 'RADIOLOGY',
  site: null,
};
const CSP =
  "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; img-src 'self' data: blob:; " +
  "style-src 'self'; connect-src 'self'; frame-src 'self' blob:; object-src 'none'; base-uri 'none'; " +
  "form-action 'self'; frame-ancestors 'none'";
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
};

function problem(response, status, code, title, next) {
  response.writeHead(status, { 'content-type': 'application/problem+json' });
  response.end(JSON.stringify({ type: 'about:blank', status, code, title, next }));
}

function json(response, body, status = 200) {
  response.writeHead(status, { 'content-type': 'application/json', 'set-cookie': 'XSRF-TOKEN=dev; Path=/' });
  response.end(JSON.stringify(body));
}

function tell(kind, found) {
  for (const listener of listeners) {
    listener.write(
      `event: ${kind}\ndata: ${JSON.stringify({ caseId: found.id, version: found.version })}\n\n`,
    );
  }
}

function change(found, fields) {
  Object.assign(found, fields, { version: found.version + 1, updatedAt: new Date().toISOString() });
  tell('case', found);
  tell('worklist', found);
}

const CLAIMED = ['release', 'needs-info', 'reject', 'report'];
const claim = (found) =>
  change(found, {
    state: 'CLAIMED',
    stateText: 'You are reading it',
    claimedBy: { id: person.id, displayName: person.displayName },
    claimedUntil: new Date(Date.now() + 30 * 60_000).toISOString(),
    actions: CLAIMED,
  });

function reportOf(id) {
  if (!reports.has(id)) {
    const sections = { technique: '', comparison: '', findings: '', impression: '', recommendation: '' };
    reports.set(id, {
      status: 'NONE',
      version: 0,
      sections,
      signedBy: null,
      signedAt: null,
      addenda: [],
      pdf: null,
    });
  }
  return reports.get(id);
}

function pdf(text) {
  const stream = `BT /F1 18 Tf 72 720 Td (${text.replace(/[^ -~]|[()\\]/g, '?')}) Tj ET`;
  const parts = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let file = '%PDF-1.4\n';
  const at = parts.map((part, index) => {
    const offset = file.length;
    file += `${index + 1} 0 obj\n${part}\nendobj\n`;
    return offset;
  });
  const table = file.length;
  const rows = at.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  return `${file}xref\n0 6\n0000000000 65535 f \n${rows}trailer << /Size 6 /Root 1 0 R >>\nstartxref\n${table}\n%%EOF`;
}

function report(response, method, found, rest, body) {
  const current = reportOf(found.id);
  const save = (fields) => {
    Object.assign(current, fields, { version: current.version + 1 });
    found.report = current;
    return json(response, current);
  };
  if (rest === '/preview.pdf' || rest === '.pdf') {
    response.writeHead(200, {
      'content-type': 'application/pdf',
      'content-security-policy': "frame-ancestors 'self'",
    });
    return response.end(pdf(`Report ${found.number}: ${current.sections.impression}`));
  }
  if (method === 'GET') return json(response, current);
  if (rest === '/addendum') {
    const addendum = { text: body.text, signedBy: person.displayName, signedAt: new Date().toISOString() };
    return save({ status: 'AMENDED', addenda: [...current.addenda, addendum] });
  }
  if (body.version !== current.version) {
    return problem(
      response,
      409,
      'TR-0201',
      'The draft was changed elsewhere.',
      'Compare both texts and keep one.',
    );
  }
  if (rest === '/draft') {
    return save({ status: current.status === 'NONE' ? 'DRAFT' : current.status, sections: body.sections });
  }
  if (rest === '/preliminary') {
    change(found, { state: 'REPORTED', stateText: 'Preliminary report given' });
    return save({ status: 'PRELIMINARY' });
  }
  if (found.underWay !== null) {
    return problem(
      response,
      409,
      'TR-0204',
      'Not all pictures are here.',
      'Release it as preliminary, or wait until all pictures are here.',
    );
  }
  if (body.password !== 'secret') {
    return problem(
      response,
      401,
      'TR-0203',
      'The password is wrong.',
      'Type the password that you sign in with.',
    );
  }
  change(found, { state: 'FINAL', stateText: 'Report signed', actions: ['addendum'], claimedBy: null });
  return save({ status: 'FINAL', signedBy: person.displayName, signedAt: new Date().toISOString() });
}

/** Of two announced pictures the first comes whole after some askings, the second after some more. */
function arriveMore(found) {
  arrived = Math.min(1, arrived + 0.12);
  const whole = arrived < 0.5 ? 0 : arrived < 1 ? 1 : 2;
  const total = 11_534_336;
  found.studies = whole === 0 ? [] : [withInstances(found.allStudies[0], whole)];
  found.imageCount = whole;
  found.previewsOnly = whole === 0;
  found.events = [{ at: found.createdAt, by: null, kind: 'PREVIEWS_ARRIVED', text: 'Previews arrived' }];
  found.underWay =
    whole === 2
      ? null
      : {
          gateway: 'kitui-pc',
          receivedBytes: Math.floor(total * arrived),
          totalBytes: total,
          storedInstances: whole,
          totalInstances: 2,
          previews: 1,
          lastHeardAt: new Date(Date.now() - 35 * 60_000).toISOString(),
          silent: arrived < 0.3,
        };
  if (found.underWay === null) change(found, {});
}

function withInstances(study, count) {
  const [series] = study.series;
  return { ...study, series: [{ ...series, instances: series.instances.slice(0, count) }] };
}

function previews(found) {
  if (found.id !== ARRIVING) return [];
  const [study] = found.allStudies;
  const [series] = study.series;
  return series.instances.map((instance, index) => ({
    sopInstanceUid: instance.sopInstanceUid,
    studyInstanceUid: study.studyInstanceUid,
    seriesInstanceUid: series.seriesInstanceUid,
    kind: 'IMAGE',
    title: 'Forearm AP / lateral',
    rows: instance.rows,
    columns: instance.columns,
    numberOfFrames: 1,
    hasPreview: index === 0,
    whole: found.imageCount > index,
    url: index === 0 ? `/api/cases/${found.id}/previews/${instance.sopInstanceUid}` : null,
  }));
}

for (const each of cases.values()) each.allStudies = each.studies;
arriveMore(cases.get(ARRIVING));

const order = (left, right) => String(left.deadlineAt).localeCompare(String(right.deadlineAt));

function api(request, response, url, body) {
  const { method } = request;
  const path = url.pathname;
  if (path === '/api/session') return json(response, { person });
  if (path === '/api/events') {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write(': hello\n\n');
    listeners.add(response);
    return response.on('close', () => listeners.delete(response));
  }
  if (path === '/api/worklist') {
    const from = Number(url.searchParams.get('cursor') ?? 0);
    const limit = Number(url.searchParams.get('limit') ?? 50);
    const all = [...cases.values()].sort(order);
    return json(response, {
      items: all.slice(from, from + limit),
      next: from + limit < all.length ? String(from + limit) : null,
    });
  }
  if (path === '/api/worklist/next') {
    const next = [...cases.values()].filter((each) => each.state === 'WAITING').sort(order)[0];
    if (next === undefined) return response.writeHead(204).end();
    claim(next);
    return json(response, next);
  }
  const match = /^\/api\/cases\/([^/]+?)(\/.*|)$/.exec(path);
  const found = match && cases.get(match[1]);
  if (!found) return problem(response, 404, 'TR-0101', 'There is no such case.', 'Go back to the worklist.');
  const rest = match[2];
  if (found.id === ARRIVING && method === 'GET' && rest === '') arriveMore(found);
  if (rest === '/previews') return json(response, { items: previews(found) });
  if (rest.startsWith('/previews/')) {
    response.writeHead(200, { 'content-type': 'image/png' });
    return response.end(xrayThumbnail(frames[0], COLUMNS, ROWS, 512));
  }
  if (rest.startsWith('/report')) return report(response, method, found, rest.slice(7), body);
  if (method === 'POST') {
    if (rest === '/claim') claim(found);
    else if (rest === '/renew') found.claimedUntil = new Date(Date.now() + 30 * 60_000).toISOString();
    else if (rest === '/release')
      change(found, {
        state: 'WAITING',
        stateText: 'Waiting for a reader',
        claimedBy: null,
        actions: ['claim'],
      });
    else if (rest === '/needs-info')
      change(found, { state: 'NEEDS_INFO', stateText: 'Asked the clinic', clockPaused: true });
    else if (rest === '/reject') change(found, { state: 'REJECTED', stateText: 'Rejected', actions: [] });
    if (typeof body?.text === 'string') {
      const message = {
        at: new Date().toISOString(),
        by: person.displayName,
        kind: body.kind ?? 'MESSAGE',
        text: body.text,
      };
      change(found, { messages: [...found.messages, message] });
    }
  }
  return json(response, found);
}

function locate(series, sop) {
  for (const each of cases.values()) {
    for (const study of each.allStudies) {
      const one = study.series.find((candidate) => candidate.seriesInstanceUid === series);
      if (one === undefined) continue;
      const index = one.instances.findIndex((instance) => instance.sopInstanceUid === sop);
      return { case: each, study, series: one, index };
    }
  }
  return undefined;
}

function dicomweb(response, url) {
  const [, , , , , series, , sop, what] = url.pathname.split('/');
  const found = locate(series, sop);
  if (!found) return problem(response, 404, 'TR-0301', 'There is no such image.', 'Reload the case.');
  if (sop === undefined) {
    const all = found.series.instances.map((instance, index) => header(found, instance, index + 1));
    return json(response, all);
  }
  const instance = found.series.instances[found.index];
  if (what === 'metadata') return json(response, [header(found, instance, found.index + 1)]);
  if (what === 'thumbnail' || what === 'rendered') {
    response.writeHead(200, { 'content-type': 'image/png' });
    return response.end(
      instance.photo ? photos[found.index % 2] : xrayThumbnail(frames[found.index % 2], COLUMNS, ROWS, 128),
    );
  }
  const pixels = frames[found.index % 2];
  const head = Buffer.from(
    '--frame\r\nContent-Type: application/octet-stream; transfer-syntax=1.2.840.10008.1.2.1\r\n\r\n',
  );
  const bytes = Buffer.concat([head, Buffer.from(pixels.buffer), Buffer.from('\r\n--frame--\r\n')]);
  response.writeHead(200, {
    'content-type': 'multipart/related; type="application/octet-stream"; boundary=frame',
    'content-length': bytes.length,
  });
  response.end(bytes);
}

async function page(response, path) {
  let file = normalize(path).replace(/^(\.\.[/\\])+/, '');
  if (extname(file) === '') file = `/${file.split('/')[1]}/index.html`;
  try {
    const bytes = await readFile(join(out, file));
    response.writeHead(200, {
      'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
      'content-security-policy': CSP,
    });
    response.end(bytes);
  } catch {
    response.writeHead(404).end();
  }
}

const server = createServer((request, response) => {
  const chunks = [];
  request.on('data', (each) => chunks.push(each));
  request.on('end', () => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const text = Buffer.concat(chunks).toString();
    if (url.pathname.startsWith('/api/'))
      api(request, response, url, text === '' ? undefined : JSON.parse(text));
    else if (url.pathname.startsWith('/dicomweb/')) dicomweb(response, url);
    else page(response, url.pathname);
  });
});
server.listen(port, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}/read`));
