import type { Call } from '../../wire/http';
import { isAbort, Problem } from '../../wire/http';
import type { CaseId } from '../../wire/ids';
import type { Case } from '../../wire/types';
import { type Draft, type DraftPhoto, type DraftStore, PHOTO_VIEWS, type SendProblem } from './drafts';

/** What the sender asks of the hub. */
export interface HubPort {
  create(draft: Draft, call: Call): Promise<Case>;
  read(id: CaseId, call: Call): Promise<Case>;
  update(id: CaseId, version: number, draft: Draft, call: Call): Promise<Case>;
  submit(id: CaseId, version: number, call: Call): Promise<Case>;
  answer(id: CaseId, version: number, text: string, call: Call): Promise<Case>;
  message(id: CaseId, text: string, call: Call): Promise<Case>;
  /** Resolves when the hub has made the last byte durable and accepted the picture. */
  upload(photo: DraftPhoto, bytes: Blob, caseId: string, watch: UploadWatch, call: Call): Promise<void>;
}

export interface UploadWatch {
  /** The hub has a place for the bytes; sending can go on from there after a reload. */
  url(url: string): Promise<void>;
  progress(sentBytes: number): void;
}

export interface SendProgress {
  readonly sentBytes: number;
  readonly totalBytes: number;
}

export type SendOutcome =
  | { readonly kind: 'done'; readonly caseId: CaseId }
  | { readonly kind: 'later'; readonly problem: SendProblem }
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'attention'; readonly problem: SendProblem };

/**
 * Brings one queued draft to the hub: opens the case, sends what is missing of each picture, hands the case over.
 * Every step is written down on the phone before the next one, and every step may be repeated, so it can be cut
 * anywhere. The pictures leave the phone only after the hub has confirmed them.
 */
export async function sendDraft(
  id: string,
  store: DraftStore,
  hub: HubPort,
  onProgress: (progress: SendProgress) => void,
  call: Call,
): Promise<SendOutcome> {
  try {
    const draft = await store.read(id);
    if (draft === null) throw new Error('the draft is gone');
    const caseId = await openCase(draft, store, hub, call);
    const refused = await sendPhotos(id, caseId, store, hub, onProgress, call);
    if (refused !== null) return { kind: 'attention', problem: refused };
    await handOver(draft, caseId, hub, call);
    await store.remove(id);
    return { kind: 'done', caseId };
  } catch (failure) {
    if (isAbort(failure)) throw failure;
    return outcomeOf(failure);
  }
}

async function openCase(draft: Draft, store: DraftStore, hub: HubPort, call: Call): Promise<CaseId> {
  if (draft.caseId !== null) return draft.caseId as CaseId;
  const opened = await hub.create(draft, call);
  await store.write({ ...draft, caseId: opened.id });
  return opened.id;
}

async function sendPhotos(
  draftId: string,
  caseId: CaseId,
  store: DraftStore,
  hub: HubPort,
  onProgress: (progress: SendProgress) => void,
  call: Call,
): Promise<SendProblem | null> {
  // In the order of the guided set, so that the reader sees the overview first; within a view as they were taken.
  const photos = (await store.photos(draftId)).sort(
    (a, b) => PHOTO_VIEWS.indexOf(a.view) - PHOTO_VIEWS.indexOf(b.view) || a.takenAt - b.takenAt,
  );
  const totalBytes = photos.reduce((sum, photo) => sum + photo.byteCount, 0);
  let before = photos.reduce((sum, photo) => sum + (photo.sent ? photo.byteCount : 0), 0);
  let firstRefusal: SendProblem | null = null;
  onProgress({ sentBytes: before, totalBytes });

  for (const photo of photos) {
    if (photo.sent) continue;
    const refused =
      photo.refused ?? (await sendPhoto(photo, caseId, before, totalBytes, store, hub, onProgress, call));
    if (refused === null) before += photo.byteCount;
    else firstRefusal ??= refused;
  }
  return firstRefusal;
}

async function sendPhoto(
  photo: DraftPhoto,
  caseId: CaseId,
  before: number,
  totalBytes: number,
  store: DraftStore,
  hub: HubPort,
  onProgress: (progress: SendProgress) => void,
  call: Call,
): Promise<SendProblem | null> {
  const bytes = await store.photoBytes(photo.id);
  if (bytes === null) throw new Error('the picture is gone');
  let current = photo;
  try {
    const watch: UploadWatch = {
      async url(url) {
        current = { ...current, uploadUrl: url };
        await store.writePhoto(current);
      },
      progress: (sent) => onProgress({ sentBytes: before + sent, totalBytes }),
    };
    await hub.upload(photo, bytes, caseId, watch, call);
  } catch (failure) {
    if (!(failure instanceof Problem) || retryable(failure)) throw failure;
    // This picture will never be taken as it is; the others still go, and the person is told which one.
    const refused = toSendProblem(failure);
    await store.writePhoto({ ...current, uploadUrl: null, refused });
    return refused;
  }
  await store.writePhoto({ ...current, sent: true });
  await store.forgetPhotoBytes(photo.id);
  return null;
}

/** Submits or answers; asks first where the case stands, since an earlier attempt may have got through. */
async function handOver(draft: Draft, caseId: CaseId, hub: HubPort, call: Call): Promise<void> {
  const now = await hub.read(caseId, call);
  if (draft.kind === 'answer') {
    if (now.state === 'NEEDS_INFO') await hub.answer(caseId, now.version, draft.answer, call);
    else if (!now.messages.some((message) => message.text === draft.answer)) {
      await hub.message(caseId, draft.answer, call);
    }
    return;
  }
  if (now.state !== 'DRAFT') return;
  const ready = draft.caseId === null ? now : await hub.update(caseId, now.version, draft, call);
  await hub.submit(caseId, ready.version, call);
}

function outcomeOf(failure: unknown): SendOutcome {
  if (!(failure instanceof Problem)) {
    return { kind: 'later', problem: { code: '', title: String(failure), next: '' } };
  }
  if (failure.status === 401) return { kind: 'signed-out' };
  if (retryable(failure)) return { kind: 'later', problem: toSendProblem(failure) };
  return { kind: 'attention', problem: toSendProblem(failure) };
}

/** No answer, a busy or broken hub, a conflict that reading again resolves: time helps. Anything else wants a person. */
function retryable(problem: Problem): boolean {
  const { status } = problem;
  return status === 0 || status >= 500 || [401, 403, 408, 409, 423, 425, 429, 460].includes(status);
}

function toSendProblem(problem: Problem): SendProblem {
  const title = problem.detail === '' ? problem.title : `${problem.title} ${problem.detail}`;
  return { code: problem.code, title, next: problem.next };
}
