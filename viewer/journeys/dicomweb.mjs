// npm's dicomweb-client, an unmodified client of others, against the hub: stores, searches, retrieves.
import { readFileSync } from 'node:fs';
import dicomweb from 'dicomweb-client';
import { XMLHttpRequest } from './xhr.mjs';

globalThis.XMLHttpRequest = XMLHttpRequest;

const settings = JSON.parse(process.env.HELIOGRAPH_JOURNEY);
const PATIENCE_MS = 30_000;

function check(condition, what) {
  if (!condition) throw new Error(`not so: ${what}`);
}

function client(token, more = {}) {
  const url = `${settings.web}/dicomweb`;
  const headers = { Authorization: `Bearer ${token}` };
  return new dicomweb.api.DICOMwebClient({ url, headers, verbose: false, ...more });
}

const bytes = (buffer) => Buffer.from(buffer);
const value = (dataset, tag) => dataset[tag]?.Value?.[0];

async function refused(status, asked) {
  const outcome = await asked.then(
    () => 'answered',
    (error) => error.status,
  );
  check(outcome === status, `refused with ${status}: ${outcome}`);
}

async function until(what, ask) {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    check(Date.now() < end, `${what} in time`);
    await new Promise((resume) => setTimeout(resume, 100));
  }
}

const ours = client(settings.token);
const { study, series, instances } = settings;
const files = settings.files.map((file) => readFileSync(file));
const pixels = readFileSync(settings.pixels);
const at = { studyInstanceUID: study, seriesInstanceUID: series, sopInstanceUID: instances[0] };

// Stores.
const copies = files.map((file) => file.buffer.slice(file.byteOffset, file.byteOffset + file.length));
const stored = JSON.parse(await ours.storeInstances({ datasets: copies }));
check(stored['00081199'].Value.length === files.length, 'all instances stored');
await refused(401, client(`${settings.token}x`).searchForStudies());
await refused(403, client(settings.readOnly).storeInstances({ datasets: copies }));

// Searches at each level.
const queryParams = { StudyInstanceUID: study };
const [found] = await until('the study is found', async () => {
  const studies = await ours.searchForStudies({ queryParams });
  return studies.length > 0 && studies;
});
check(value(found, '0020000D') === study, 'the study of its UID');
check((await ours.searchForSeries({ studyInstanceUID: study })).length === 1, 'one series');
check((await ours.searchForInstances(at)).length === files.length, 'all instances found');
check((await client(settings.stranger).searchForStudies({ queryParams })).length === 0, 'not for strangers');
await refused(404, client(settings.stranger).retrieveStudyMetadata(at));

// Metadata at each level.
check((await ours.retrieveStudyMetadata(at)).length === files.length, 'metadata of the study');
check((await ours.retrieveSeriesMetadata(at)).length === files.length, 'metadata of the series');
const metadata = await ours.retrieveInstanceMetadata(at);
const header = Array.isArray(metadata) ? metadata[0] : metadata;
check(value(header, '00080018') === instances[0], 'metadata of the instance');

// Instances, a series, a study.
const instance = bytes(await ours.retrieveInstance(at));
check(instance.includes(pixels), 'the instance has the pixels that were sent');
check((await ours.retrieveSeries(at)).length === files.length, 'a series in parts');
check((await ours.retrieveStudy(at)).length === files.length, 'a study in parts');

// Frames and bulk data, whole and a range.
const frames = await ours.retrieveInstanceFrames({ ...at, frameNumbers: [1] });
check(bytes(frames[0]).equals(pixels), 'the frame as it was sent');
const BulkDataURI = header['7FE00010'].BulkDataURI;
const bulk = await ours.retrieveBulkData({ BulkDataURI });
check(bytes(bulk[0]).equals(pixels), 'the bulk data as they were sent');
const alone = client(settings.token, { singlepart: 'bulkdata' });
const range = await alone.retrieveBulkData({
  BulkDataURI,
  headers: { Accept: 'application/octet-stream', Range: 'bytes=100-199' },
});
check(bytes(range[0]).equals(pixels.subarray(100, 200)), 'a range of the bulk data');

// Pictures.
const pictures = { ...at, mediaTypes: [{ mediaType: 'image/png' }] };
for (const picture of [
  await ours.retrieveInstanceRendered({ ...pictures, queryParams: { viewport: '40,40,0,0,-40,40' } }),
  await ours.retrieveInstanceFramesRendered({ ...pictures, frameNumbers: [1] }),
  await ours.retrieveInstanceThumbnail(pictures),
])
  check(
    bytes(Array.isArray(picture) ? picture[0] : picture)
      .subarray(1, 4)
      .toString() === 'PNG',
    'a PNG',
  );

console.log('dicomweb-client: arrived');
