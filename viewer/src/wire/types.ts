import type { CaseId, DeliveryId, PersonId, PhotoId, SeriesUid, SiteId, SopUid, StudyUid } from './ids';

/** The hub's HTTP contract in types. Times are ISO-8601 in UTC, dates are `YYYY-MM-DD`. */
export type Role = 'CLINIC' | 'READER' | 'REFERRER' | 'COORDINATOR' | 'ADMINISTRATOR';
export type Specialty = 'RADIOLOGY' | 'DERMATOLOGY';
export type Urgency = 'EMERGENCY' | 'URGENT' | 'ROUTINE';
export type Sex = 'M' | 'F' | 'O' | '';
/** The codes of Image Laterality (0020,0062): right, left, both, unpaired. */
export type Laterality = 'R' | 'L' | 'B' | 'U' | '';

export type CaseState =
  | 'DRAFT'
  | 'SUBMITTED'
  | 'RECEIVING'
  | 'WAITING'
  | 'CLAIMED'
  | 'REPORTED'
  | 'FINAL'
  | 'DELIVERED'
  | 'ACKNOWLEDGED'
  | 'NEEDS_INFO'
  | 'REJECTED'
  | 'CANCELLED'
  | 'AMENDED';

export type CaseAction =
  | 'edit'
  | 'submit'
  | 'cancel'
  | 'answer'
  | 'claim'
  | 'release'
  | 'needs-info'
  | 'reject'
  | 'report'
  | 'addendum'
  | 'acknowledge'
  | 'release-parcels';

export interface Person {
  readonly id: PersonId;
  readonly login: string;
  readonly displayName: string;
  readonly role: Role;
  readonly specialty: Specialty | null;
  readonly site: { readonly id: SiteId; readonly code: string; readonly name: string } | null;
}

export interface PersonRef {
  readonly id: PersonId;
  readonly displayName: string;
}

export interface Referrer extends PersonRef {
  readonly organisation: string | null;
}

export interface CaseSummary {
  readonly id: CaseId;
  readonly number: string;
  readonly state: CaseState;
  readonly stateText: string;
  readonly urgency: Urgency;
  readonly specialty: Specialty;
  readonly deadlineAt: string | null;
  readonly clockPaused: boolean;
  readonly overdue: boolean;
  readonly site: { readonly id: SiteId; readonly name: string };
  readonly patient: {
    readonly name: string;
    readonly sex: Sex;
    readonly birthDate: string | null;
    readonly ageText: string | null;
  };
  readonly bodyPart: string | null;
  readonly modality: string | null;
  readonly imageCount: number;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly claimedBy: PersonRef | null;
  readonly claimedUntil: string | null;
  readonly version: number;
  readonly underWay: UnderWay | null;
  /** Previews are here and none of the announced pictures is whole. */
  readonly previewsOnly: boolean;
}

/** What a clinic's gateway has announced for a case and has not handed over yet. */
export interface UnderWay {
  /** The name of the site's PC; nothing about a patient. */
  readonly gateway: string;
  readonly receivedBytes: number;
  readonly totalBytes: number;
  readonly storedInstances: number;
  readonly totalInstances: number;
  readonly previews: number;
  readonly lastHeardAt: string | null;
  readonly silent: boolean;
}

/** One picture that a gateway announced, in the order of its manifest. */
export interface Preview {
  readonly sopInstanceUid: SopUid;
  readonly studyInstanceUid: StudyUid;
  readonly seriesInstanceUid: SeriesUid | null;
  readonly kind: 'IMAGE' | 'PHOTO' | 'PDF';
  readonly title: string;
  /** Of the whole image, not of the preview. */
  readonly rows: number | null;
  readonly columns: number | null;
  readonly numberOfFrames: number;
  readonly hasPreview: boolean;
  /** The image itself is in the archive now. */
  readonly whole: boolean;
  readonly url: string | null;
}

export interface PatientDetails {
  readonly familyName: string;
  readonly givenName: string;
  readonly id: string;
  readonly issuer: string | null;
  readonly birthDate: string | null;
  readonly sex: Sex;
}

export interface CaseRequest {
  readonly specialty: Specialty;
  readonly urgency: Urgency;
  readonly bodyPart: string;
  readonly laterality?: Laterality | null;
  readonly question: string;
  readonly history?: string | null;
  readonly referrerId?: PersonId | null;
  readonly accessionNumber?: string | null;
  readonly expectXray?: boolean | null;
}

export interface Instance {
  readonly sopInstanceUid: SopUid;
  readonly sopClassUid: string;
  readonly instanceNumber: number | null;
  readonly rows: number | null;
  readonly columns: number | null;
  readonly numberOfFrames: number | null;
  readonly transferSyntaxUid: string;
  readonly photo: boolean;
  readonly complete: boolean;
}

export interface Series {
  readonly seriesInstanceUid: SeriesUid;
  readonly modality: string | null;
  readonly description: string | null;
  readonly instances: readonly Instance[];
}

export interface Study {
  readonly studyInstanceUid: StudyUid;
  readonly studyDate: string | null;
  readonly description: string | null;
  readonly modality: string | null;
  readonly series: readonly Series[];
}

export interface CasePhoto {
  readonly id: PhotoId;
  readonly view: string;
  readonly fileName?: string | null;
  readonly sopInstanceUid: SopUid | null;
  readonly width: number;
  readonly height: number;
  readonly warnings: readonly string[];
}

export interface CaseMessage {
  readonly at: string;
  readonly by: string | PersonRef | null;
  readonly kind: string;
  readonly text: string | null;
}

export interface Case extends CaseSummary {
  readonly patientDetails: PatientDetails;
  readonly request: CaseRequest | null;
  readonly referrer: Referrer | null;
  readonly studies: readonly Study[];
  readonly photos: readonly CasePhoto[];
  readonly messages: readonly CaseMessage[];
  readonly events: readonly CaseMessage[];
  readonly report: ReportView | null;
  readonly mismatch: { readonly fields: readonly string[] } | null;
  readonly actions: readonly CaseAction[];
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

export type ReportStatus = 'NONE' | 'DRAFT' | 'PRELIMINARY' | 'FINAL' | 'AMENDED';
export const REPORT_SECTIONS = [
  'technique',
  'comparison',
  'findings',
  'impression',
  'recommendation',
] as const;
export type ReportSection = (typeof REPORT_SECTIONS)[number];
export type ReportSections = Readonly<Record<ReportSection, string>>;

export interface Addendum {
  readonly text: string;
  readonly signedBy: string | PersonRef | null;
  readonly signedAt: string;
}

export interface ReportView {
  readonly status: ReportStatus;
  readonly version: number;
  readonly sections: ReportSections;
  readonly signedBy: string | PersonRef | null;
  readonly signedAt: string | null;
  readonly addenda: readonly Addendum[];
  readonly pdf: string | null;
}

export interface InboxItem {
  readonly deliveryId: DeliveryId;
  readonly caseId: CaseId;
  readonly caseNumber: string;
  readonly patient: CaseSummary['patient'];
  readonly site: string | { readonly id: SiteId; readonly name: string };
  readonly bodyPart: string | null;
  readonly urgency: Urgency;
  readonly deliveredAt: string;
  readonly readAt: string | null;
  readonly acknowledgedAt: string | null;
  readonly impression: string | null;
}

export interface InboxLetter extends InboxItem {
  readonly report: ReportView;
  readonly request: CaseRequest | null;
  readonly pdf: string | null;
}

export type NeedsInfoKind = 'RETAKE' | 'MORE_VIEWS' | 'QUESTION';
export type RejectCode = 'NOT_READABLE' | 'WRONG_PATIENT' | 'OUT_OF_SCOPE' | 'DUPLICATE' | 'OTHER';

/** The name to show for a person that the hub gives as a plain name or as a reference. */
export function nameOf(person: string | PersonRef | null): string {
  return person === null ? '' : typeof person === 'string' ? person : person.displayName;
}
