import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { aCase, anInstance, aPreview, aStudy, underWay } from '../faces/shared/case-testing';
import { pictureState } from '../imaging/sets';
import type { PersonId, SopUid } from '../wire/ids';
import type { Case } from '../wire/types';
import { OpenCase } from './openCase';

let hub: Case;
let asked: string[];
let open: OpenCase;

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('visible');
  asked = [];
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (path) => {
    asked.push(String(path));
    if (String(path).endsWith('/previews')) return Response.json({ items: [aPreview('a'), aPreview('b')] });
    return Response.json(hub);
  });
  open = new OpenCase(aCase().id, { id: 'me' as PersonId, displayName: 'Me' });
});

afterEach(async () => {
  await open.close();
  vi.useRealTimers();
});

const shown = () => {
  const picture = open.images.picture.value;
  return picture === null ? 'nothing' : `${picture.ref.sop} ${pictureState(picture)}`;
};

test('a case is read from its previews; the picture in sight becomes the image and keeps its place', async () => {
  hub = aCase({ underWay: underWay(), previewsOnly: true });
  await open.load();
  open.images.step(1);
  expect(shown()).toBe('b preview');
  expect(open.images.missing.value).toBe(2);

  const [a, b] = [anInstance('a', { instanceNumber: 2 }), anInstance('b', { instanceNumber: 1 })];
  hub = aCase({ underWay: underWay({ storedInstances: 1 }), studies: [aStudy(b)] });
  await open.load();
  expect([shown(), open.images.index.value]).toEqual(['b whole', 1]);

  hub = aCase({ underWay: null, studies: [aStudy(a, b)] });
  await open.load();
  expect([shown(), open.images.index.value]).toEqual(['b whole', 0]);
  expect(open.images.missing.value).toBe(0);
});

test('a picture that nobody chose stays in sight when others come to stand before it', async () => {
  hub = aCase({ studies: [aStudy(anInstance('z', { instanceNumber: 2 }))] });
  await open.load();
  hub = aCase({ studies: [aStudy(anInstance('z', { instanceNumber: 2 }), anInstance('y'))] });
  await open.load();

  expect([shown(), open.images.index.value]).toEqual(['z whole', 1]);
});

test('the case is asked for every ten seconds while pictures are under way, and no longer', async () => {
  hub = aCase({ underWay: underWay({ receivedBytes: 1_000_000, totalBytes: 3_000_000 }) });
  await open.load();
  asked = [];
  hub = aCase({ underWay: underWay({ receivedBytes: 2_000_000, totalBytes: 3_000_000 }) });
  await vi.advanceTimersByTimeAsync(10_000);

  expect(asked).toEqual(['/api/cases/case-1', '/api/cases/case-1/previews']);
  expect(open.secondsLeft()).toBe(10);
  hub = aCase({ underWay: null });
  await vi.advanceTimersByTimeAsync(10_000);
  asked = [];
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toEqual([]);
});

test('pictures of a released case that never came stay marked as what they are', async () => {
  const released = { at: '', by: null, kind: 'PARCEL_RELEASED', text: 'Released' };
  hub = aCase({ underWay: null, events: [released], studies: [aStudy(anInstance('a'))] });
  await open.load();

  expect(open.images.sets.value[0]?.pictures.map(pictureState)).toEqual(['whole', 'preview']);
  expect(open.images.sets.value[0]?.pictures[1]?.ref.sop).toBe('b' as SopUid);
});
