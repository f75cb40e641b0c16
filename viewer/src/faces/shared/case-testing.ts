import { EMPTY_REPORT, EMPTY_SECTIONS } from '../../state/draft';
import type { CaseId, PersonId, SeriesUid, SiteId, SopUid, StudyUid } from '../../wire/ids';
import type { Case, Instance, Preview, Study, UnderWay } from '../../wire/types';

/** Cases for tests, complete as the hub tells them; a test names only what it is about. */
export function aCase(fields: Partial<Case> = {}): Case {
  return {
    id: 'case-1' as CaseId,
    number: '2026-000001',
    state: 'CLAIMED',
    stateText: 'You are reading it',
    urgency: 'URGENT',
    specialty: 'RADIOLOGY',
    deadlineAt: null,
    clockPaused: false,
    overdue: false,
    site: { id: 's' as SiteId, name: 'Kisoro' },
    patient: { name: 'Okello, Amara', sex: 'F', birthDate: '1987-04-12', ageText: '39 y' },
    bodyPart: 'Hand',
    modality: 'DX',
    imageCount: 0,
    createdAt: '2026-11-21T10:00:00Z',
    updatedAt: '2026-11-21T10:00:00Z',
    claimedBy: { id: 'me' as PersonId, displayName: 'Dr Me' },
    claimedUntil: null,
    version: 4,
    underWay: null,
    previewsOnly: false,
    patientDetails: {
      familyName: 'Okello',
      givenName: 'Amara',
      id: 'K-1',
      issuer: null,
      birthDate: null,
      sex: 'F',
    },
    request: { specialty: 'RADIOLOGY', urgency: 'URGENT', bodyPart: 'Hand', question: 'Fracture?' },
    referrer: null,
    studies: [],
    photos: [],
    messages: [],
    events: [],
    report: {
      ...EMPTY_REPORT,
      status: 'DRAFT',
      version: 2,
      sections: { ...EMPTY_SECTIONS, findings: 'Seen.' },
    },
    mismatch: null,
    actions: ['report', 'release'],
    ...fields,
  };
}

export function underWay(fields: Partial<UnderWay> = {}): UnderWay {
  return {
    gateway: 'kitui-pc',
    receivedBytes: 1_075_000,
    totalBytes: 2_500_000,
    storedInstances: 0,
    totalInstances: 2,
    previews: 2,
    lastHeardAt: '2026-11-21T10:00:00Z',
    silent: false,
    ...fields,
  };
}

export function aPreview(sop: string, fields: Partial<Preview> = {}): Preview {
  return {
    sopInstanceUid: sop as SopUid,
    studyInstanceUid: '1.2' as StudyUid,
    seriesInstanceUid: '1.2.3' as SeriesUid,
    kind: 'IMAGE',
    title: 'Chest PA',
    rows: 2500,
    columns: 2048,
    numberOfFrames: 1,
    hasPreview: true,
    whole: false,
    url: `/api/cases/case-1/previews/${sop}`,
    ...fields,
  };
}

export function anInstance(sop: string, fields: Partial<Instance> = {}): Instance {
  return {
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
  };
}

export function aStudy(...instances: readonly Instance[]): Study {
  return {
    studyInstanceUid: '1.2' as StudyUid,
    studyDate: null,
    description: 'Study',
    modality: 'DX',
    series: [{ seriesInstanceUid: '1.2.3' as SeriesUid, modality: 'DX', description: null, instances }],
  };
}
