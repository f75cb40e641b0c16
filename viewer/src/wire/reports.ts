import { type Call, getJson, query, send, sendJson } from './http';
import type { CaseId, DeliveryId } from './ids';
import type { InboxItem, InboxLetter, Page, ReportSections, ReportView } from './types';

const at = (id: CaseId, rest = '') => `/api/cases/${encodeURIComponent(id)}/report${rest}`;
const letter = (id: DeliveryId, rest = '') => `/api/inbox/${encodeURIComponent(id)}${rest}`;

export function getReport(id: CaseId, call: Call): Promise<ReportView> {
  return getJson(at(id), call);
}

/** Saves the draft; answers 409 when somebody (or another window) saved a later version. */
export function putDraft(
  id: CaseId,
  version: number,
  sections: ReportSections,
  call: Call,
): Promise<ReportView> {
  return sendJson('PUT', at(id, '/draft'), { version, sections }, call);
}

export function releasePreliminary(id: CaseId, version: number, call: Call): Promise<ReportView> {
  return sendJson('POST', at(id, '/preliminary'), { version }, call);
}

export function signReport(id: CaseId, version: number, password: string, call: Call): Promise<ReportView> {
  return sendJson('POST', at(id, '/sign'), { version, password }, call);
}

export function addAddendum(id: CaseId, text: string, password: string, call: Call): Promise<ReportView> {
  return sendJson('POST', at(id, '/addendum'), { text, password }, call);
}

export const previewPdfPath = (id: CaseId) => at(id, '/preview.pdf');
export const reportPdfPath = (id: CaseId) => `/api/cases/${encodeURIComponent(id)}/report.pdf`;

/** The PDF as bytes, so that a refusal can be told in words instead of inside a frame. */
export async function fetchPdf(path: string, call: Call): Promise<Blob> {
  return (await send(path, { signal: call.signal, headers: { accept: 'application/pdf' } })).blob();
}

export function inbox(cursor: string | null, call: Call): Promise<Page<InboxItem>> {
  return getJson(`/api/inbox${query({ cursor })}`, call);
}

export function openLetter(id: DeliveryId, call: Call): Promise<InboxLetter> {
  return getJson(letter(id), call);
}

export function acknowledge(id: DeliveryId, comment: string, call: Call): Promise<InboxItem> {
  return sendJson('POST', letter(id, '/acknowledge'), comment === '' ? {} : { comment }, call);
}
