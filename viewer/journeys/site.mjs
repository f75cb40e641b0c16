// A clinic's gateway, as far as journeys need one: it enrols with a code and sends a parcel's parts by plain HTTP.
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const PATIENCE_MS = 30_000;

export class Site {
  #web;
  #token = `hgg_${randomBytes(32).toString('base64url')}`;

  constructor(web) {
    this.#web = web;
  }

  /** Asks, and asks again while the hub says that it is busy. */
  async #ask(method, path, headers, body, wanted) {
    const end = Date.now() + PATIENCE_MS;
    for (;;) {
      const answer = await fetch(`${this.#web}/api/gateway${path}`, {
        method,
        headers: { Authorization: `Bearer ${this.#token}`, Connection: 'close', ...headers },
        body,
      });
      const text = await answer.text();
      if (answer.status === wanted) return text === '' ? null : JSON.parse(text);
      const busy = [423, 429, 503].includes(answer.status) && Date.now() < end;
      if (!busy) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
      await new Promise((resume) => setTimeout(resume, 200));
    }
  }

  /** With the code as the desk shows it. */
  async enrol(pasted, gatewayName) {
    const { c } = JSON.parse(Buffer.from(pasted.trim().replace(/^hge1\./, ''), 'base64url').toString());
    const body = JSON.stringify({ code: c, token: this.#token, gatewayName, software: 'journey' });
    return this.#ask('POST', '/enrolment', { 'Content-Type': 'application/json' }, body, 200);
  }

  async tell(status) {
    const body = JSON.stringify(status);
    return this.#ask('PUT', '/status', { 'Content-Type': 'application/json' }, body, 204);
  }

  async declare(manifest) {
    const headers = { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' };
    return this.#ask('PUT', `/parcels/${manifest.parcel}`, headers, gzipSync(JSON.stringify(manifest)), 200);
  }

  /** Sends a part from one offset to another as one chunk. */
  async send(parcel, { number, file }, from = 0, to = Number.POSITIVE_INFINITY) {
    const chunk = readFileSync(file).subarray(from, to);
    const headers = {
      'Tus-Resumable': '1.0.0',
      'Upload-Offset': String(from),
      'Upload-Checksum': `sha256 ${createHash('sha256').update(chunk).digest('base64')}`,
      'Content-Type': 'application/offset+octet-stream',
    };
    return this.#ask('PATCH', `/parcels/${parcel}/parts/${number}`, headers, chunk, 204);
  }
}
