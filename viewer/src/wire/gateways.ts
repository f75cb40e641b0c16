import { type Call, getJson, sendJson } from './http';
import type { GatewayId, SiteId } from './ids';
import type { Urgency } from './types';

/** What a gateway said of itself the last time. */
export interface GatewayStatus {
  readonly at: string;
  readonly waitingInstances: number;
  readonly waitingBytes: number;
  readonly oldestWaitingSeconds: number;
  readonly parked: number;
  readonly diskFreeBytes: number;
  readonly diskUsedBytes: number;
  readonly bytesPerSecond: number | null;
  readonly startedAt: string;
}

/** Pictures that belong together and are on their way; only those that are not whole yet. */
export interface OpenParcel {
  readonly id: string;
  readonly urgency: Urgency;
  readonly declaredAt: string;
  readonly receivedBytes: number;
  readonly totalBytes: number;
  readonly storedInstances: number;
  readonly totalInstances: number;
  readonly parkedParts: number;
  readonly released: boolean;
  readonly caseNumbers: readonly string[];
}

export interface Gateway {
  readonly id: GatewayId;
  readonly name: string;
  readonly site: { readonly id: SiteId; readonly code: string; readonly name: string };
  readonly software: string;
  readonly enrolledAt: string;
  readonly switchedOffAt: string | null;
  readonly lastContactAt: string | null;
  readonly silentSince: string | null;
  readonly status: GatewayStatus | null;
  readonly parcels: readonly OpenParcel[];
}

/** A one-time code that makes a PC the gateway of a site; the hub tells it once. */
export interface EnrolmentCode {
  readonly code: string;
  readonly expiresAt: string;
  readonly site: string;
}

export function gateways(call: Call): Promise<readonly Gateway[]> {
  return getJson('/api/gateways', call);
}

export function newGatewayCode(site: string, call: Call): Promise<EnrolmentCode> {
  return sendJson('POST', '/api/gateways/codes', { site }, call);
}

export function switchOff(id: GatewayId, call: Call): Promise<Gateway> {
  return sendJson('POST', `/api/gateways/${encodeURIComponent(id)}/switch-off`, {}, call);
}
