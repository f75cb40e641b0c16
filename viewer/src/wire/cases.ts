import { type Call, getJson, query, sendForMaybe, sendJson } from './http';
import type { CaseId, PersonId } from './ids';
import type {
  Case,
  CaseRequest,
  CaseState,
  CaseSummary,
  NeedsInfoKind,
  Page,
  PatientDetails,
  Preview,
  Referrer,
  RejectCode,
} from './types';

export type PatientInput = Omit<PatientDetails, 'issuer' | 'birthDate'> & {
  readonly issuer?: string | null;
  readonly birthDate?: string | null;
};

export type RequestInput = Omit<CaseRequest, 'referrerId'> & { readonly referrerId?: PersonId | null };

const at = (id: CaseId, rest = '') => `/api/cases/${encodeURIComponent(id)}${rest}`;

export function listCases(
  filter: { state?: readonly CaseState[]; cursor?: string | null; limit?: number },
  call: Call,
): Promise<Page<CaseSummary>> {
  const { state, cursor, limit } = filter;
  return getJson(`/api/cases${query({ state: state?.join(','), cursor, limit })}`, call);
}

export function getCase(id: CaseId, call: Call): Promise<Case> {
  return getJson(at(id), call);
}

/** All pictures that gateways announced for a case; empty if none ever did. */
export async function previewsOf(id: CaseId, call: Call): Promise<readonly Preview[]> {
  return (await getJson<{ items: readonly Preview[] }>(at(id, '/previews'), call)).items;
}

/** Gives up waiting for what a silent gateway announced; the case can then be signed with what is there. */
export function releaseParcels(id: CaseId, version: number, reason: string, call: Call): Promise<Case> {
  return sendJson('POST', at(id, '/release-parcels'), { version, reason }, call);
}

export function createCase(patient: PatientInput, request: RequestInput, call: Call): Promise<Case> {
  return sendJson('POST', '/api/cases', { patient, request }, call);
}

export function putRequest(
  id: CaseId,
  body: { version: number; patient?: PatientInput; request: RequestInput },
  call: Call,
): Promise<Case> {
  return sendJson('PUT', at(id, '/request'), body, call);
}

export function submitCase(id: CaseId, version: number, call: Call): Promise<Case> {
  return sendJson('POST', at(id, '/submit'), { version }, call);
}

export function cancelCase(id: CaseId, version: number, reason: string, call: Call): Promise<Case> {
  return sendJson('POST', at(id, '/cancel'), { version, reason }, call);
}

export function answerCase(id: CaseId, version: number, text: string, call: Call): Promise<Case> {
  return sendJson('POST', at(id, '/answer'), { version, text }, call);
}

export function sendMessage(id: CaseId, text: string, call: Call): Promise<Case> {
  return sendJson('POST', at(id, '/messages'), { text }, call);
}

export function findReferrers(words: string, call: Call): Promise<readonly Referrer[]> {
  return getJson(`/api/referrers${query({ q: words })}`, call);
}

export function worklist(cursor: string | null, limit: number, call: Call): Promise<Page<CaseSummary>> {
  return getJson(`/api/worklist${query({ cursor, limit })}`, call);
}

/** Claims the waiting case with the earliest deadline; `undefined` when nothing waits. */
export function takeNext(call: Call): Promise<Case | undefined> {
  return sendForMaybe('POST', '/api/worklist/next', undefined, call);
}

export function claimCase(id: CaseId, version: number, call: Call): Promise<Case> {
  return sendJson('POST', at(id, '/claim'), { version }, call);
}

export function releaseCase(id: CaseId, version: number, call: Call): Promise<Case> {
  return sendJson('POST', at(id, '/release'), { version }, call);
}

/** Keeps the lease on a claimed case for another while; the version may have moved on, so none is sent. */
export function renewCase(id: CaseId, call: Call): Promise<Case> {
  return sendJson('POST', at(id, '/renew'), {}, call);
}

export function askForMore(
  id: CaseId,
  body: { version: number; kind: NeedsInfoKind; text: string },
  call: Call,
): Promise<Case> {
  return sendJson('POST', at(id, '/needs-info'), body, call);
}

export function rejectCase(
  id: CaseId,
  body: { version: number; code: RejectCode; text: string },
  call: Call,
): Promise<Case> {
  return sendJson('POST', at(id, '/reject'), body, call);
}
