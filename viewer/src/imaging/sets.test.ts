import { expect, test } from 'vitest';
import { anInstance, aPreview, aStudy } from '../faces/shared/case-testing';
import type { SopUid } from '../wire/ids';
import { imageSets, pictureState } from './sets';

test('pictures come in the order of their instance numbers, frame by frame', () => {
  const [set] = imageSets({
    studies: [aStudy(anInstance('b', { instanceNumber: 2 }), anInstance('a', { numberOfFrames: 2 }))],
    photos: [],
  });

  expect(set?.pictures.map((each) => [each.ref.sop, each.frame, each.label])).toEqual([
    ['a', 1, '1.1'],
    ['a', 2, '1.2'],
    ['b', 1, '2'],
  ]);
});

test('reports and other objects without pixels are left out', () => {
  expect(
    imageSets({ studies: [aStudy(anInstance('sr', { rows: null, columns: null }))], photos: [] }),
  ).toEqual([]);
});

test('photos are one strip, named by the view the clinic gave, and say what is still arriving', () => {
  const [set] = imageSets({
    studies: [aStudy(anInstance('p', { photo: true, complete: false }))],
    photos: [
      {
        id: 'x' as never,
        view: 'close-up',
        sopInstanceUid: 'p' as SopUid,
        width: 1,
        height: 1,
        warnings: [],
      },
    ],
  });

  expect(set?.kind).toBe('photos');
  expect(set?.pictures[0]?.label).toBe('close-up');
  expect(set?.incomplete).toBe(1);
});

const states = (sets: ReturnType<typeof imageSets>) =>
  sets.map((set) => set.pictures.map((each) => `${each.ref.sop} ${each.label} ${pictureState(each)}`));

test('announced pictures stand among the whole ones where the gateway announced them', () => {
  const data = { studies: [aStudy(anInstance('b', { instanceNumber: 1 }))], photos: [], underWay: null };
  const previews = [
    aPreview('a'),
    aPreview('b', { whole: true }),
    aPreview('c', { hasPreview: false, url: null }),
  ];

  expect(states(imageSets(data, previews))).toEqual([['a 1 preview', 'b 2 whole', 'c 3 awaited']]);
});

test('a case of which nothing is whole has the sets of its previews, photos and documents apart', () => {
  const photo = { seriesInstanceUid: null, kind: 'PHOTO' as const, title: 'CLOSE_UP' };
  const sets = imageSets({ studies: [], photos: [], underWay: null }, [aPreview('a'), aPreview('p', photo)]);

  expect(states(sets)).toEqual([['a 1 preview'], ['p CLOSE_UP preview']]);
  expect(sets.map((each) => [each.kind, each.title])).toEqual([
    ['stack', 'Chest PA'],
    ['photos', 'CLOSE_UP'],
  ]);
});

test('what is here is never also awaited, though it has no pixels to show', () => {
  const pdf = anInstance('pdf', { rows: null, columns: null });

  expect(imageSets({ studies: [aStudy(pdf)], photos: [] }, [aPreview('pdf', { kind: 'PDF' })])).toEqual([]);
});

test('what never came stays as it was announced, what went elsewhere does not', () => {
  const data = { studies: [], photos: [], underWay: null };

  expect(states(imageSets(data, [aPreview('a'), aPreview('b', { whole: true })]))).toEqual([['a 1 preview']]);
});
