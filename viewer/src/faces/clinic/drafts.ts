import type { PhotoWarning } from './quality';

/** The guided set: where is it, what is around it, what does it look like from above and from the side. */
export const PHOTO_VIEWS = ['OVERVIEW', 'LANDMARK', 'CLOSE_UP', 'CLOSE_UP_OBLIQUE', 'OTHER'] as const;
export type PhotoView = (typeof PHOTO_VIEWS)[number];

export interface PatientForm {
  readonly familyName: string;
  readonly givenName: string;
  readonly id: string;
  readonly birthDate: string;
  readonly sex: '' | 'F' | 'M' | 'O';
}

export interface RequestForm {
  readonly specialty: 'RADIOLOGY' | 'DERMATOLOGY';
  readonly urgency: 'EMERGENCY' | 'URGENT' | 'ROUTINE' | '';
  readonly bodyPart: string;
  readonly laterality: '' | 'R' | 'L' | 'B';
  readonly question: string;
  readonly history: string;
  readonly referrerId: string;
  readonly referrerName: string;
  readonly accessionNumber: string;
  readonly expectXray: boolean;
}

/** What went wrong with sending, in the hub's own words and with its code. */
export interface SendProblem {
  readonly code: string;
  readonly title: string;
  readonly next: string;
}

/**
 * editing: the person still works on it; queued: to be sent when there is a link; attention: the hub refused
 * something and a person must look; sent: every byte is at the hub (kept only until the list has been read again).
 */
export type DraftStage = 'editing' | 'queued' | 'attention';

/** A case (or an answer to the reader) as it is kept on this phone until the hub has all of it. */
export interface Draft {
  readonly id: string;
  /** Person id: nobody else who uses this phone is shown it. */
  readonly owner: string;
  readonly kind: 'case' | 'answer';
  readonly stage: DraftStage;
  /** Null until the hub has opened the case. */
  readonly caseId: string | null;
  readonly patient: PatientForm;
  readonly request: RequestForm;
  /** The text of an answer to NEEDS_INFO. */
  readonly answer: string;
  readonly problem: SendProblem | null;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface DraftPhoto {
  readonly id: string;
  readonly draftId: string;
  readonly view: PhotoView;
  readonly type: string;
  readonly byteCount: number;
  readonly width: number;
  readonly height: number;
  readonly warnings: readonly PhotoWarning[];
  readonly sha256: string | null;
  /** Where the hub keeps the bytes that it has already got. */
  readonly uploadUrl: string | null;
  readonly sent: boolean;
  readonly refused: SendProblem | null;
  readonly takenAt: number;
}

export const emptyPatient: PatientForm = { familyName: '', givenName: '', id: '', birthDate: '', sex: '' };

export const emptyRequest: RequestForm = {
  specialty: 'DERMATOLOGY',
  urgency: '',
  bodyPart: '',
  laterality: '',
  question: '',
  history: '',
  referrerId: '',
  referrerName: '',
  accessionNumber: '',
  expectXray: false,
};

export function newDraft(id: string, owner: string, nowMs: number): Draft {
  return {
    id,
    owner,
    kind: 'case',
    stage: 'editing',
    caseId: null,
    patient: emptyPatient,
    request: emptyRequest,
    answer: '',
    problem: null,
    createdAt: nowMs,
    updatedAt: nowMs,
  };
}

/** Durable on the phone when the promise resolves. */
export interface DraftStore {
  list(owner: string): Promise<Draft[]>;
  read(id: string): Promise<Draft | null>;
  write(draft: Draft): Promise<void>;
  /** Removes the draft and every picture of it. */
  remove(id: string): Promise<void>;
  photos(draftId: string): Promise<DraftPhoto[]>;
  addPhoto(photo: DraftPhoto, bytes: Blob): Promise<void>;
  writePhoto(photo: DraftPhoto): Promise<void>;
  removePhoto(id: string): Promise<void>;
  /** Null once the hub has verified the bytes and the phone has let go of them. */
  photoBytes(id: string): Promise<Blob | null>;
  forgetPhotoBytes(id: string): Promise<void>;
}
