import { expect, test } from 'vitest';
import type { SeriesUid, SopUid, StudyUid } from '../wire/ids';
import type { Instance, Study } from '../wire/types';
import { imageSets } from './sets';

const instance = (sop: string, fields: Partial<Instance> = {}): Instance => ({
  sopInstanceUid: sop as SopUid,
  sopClassUid: '1.2.840.10008.5.1.4.1.1.1.1',
  instanceNumber: 1,
  rows: 10,
  columns: 10,
  numberOfFrames: 1,
  transferSyntaxUid: '1.2.840.10008.1.2.1',
  photo: false,
  complete: true,
  ...fields,
});

const study = (...instances: Instance[]): Study => ({
  studyInstanceUid: '1.2' as StudyUid,
  studyDate: null,
  description: 'Study',
  modality: 'DX',
  series: [{ seriesInstanceUid: '1.2.3' as SeriesUid, modality: 'DX', description: null, instances }],
});

test('pictures come in the order of their instance numbers, frame by frame', () => {
  const [set] = imageSets({
    studies: [study(instance('b', { instanceNumber: 2 }), instance('a', { numberOfFrames: 2 }))],
    photos: [],
  });

  expect(set?.pictures.map((each) => [each.ref.sop, each.frame, each.label])).toEqual([
    ['a', 1, '1.1'],
    ['a', 2, '1.2'],
    ['b', 1, '2'],
  ]);
});

test('reports and other objects without pixels are left out', () => {
  expect(imageSets({ studies: [study(instance('sr', { rows: null, columns: null }))], photos: [] })).toEqual(
    [],
  );
});

test('photos are one strip, named by the view the clinic gave, and say what is still arriving', () => {
  const [set] = imageSets({
    studies: [study(instance('p', { photo: true, complete: false }))],
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
