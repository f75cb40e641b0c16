import type { Gateway } from '../../wire/gateways';

/** What a coordinator should know of a gateway first. */
export type Condition = 'silent' | 'parked' | 'full' | 'waiting' | 'well' | 'off';

const ORDER: readonly Condition[] = ['silent', 'parked', 'full', 'waiting', 'well', 'off'];
/** Less than this, or than a twentieth of what the gateway has, is nearly full. */
const LITTLE_BYTES = 1_000_000_000;

export function isNearlyFull({ status }: Gateway): boolean {
  if (status === null) return false;
  const { diskFreeBytes, diskUsedBytes } = status;
  return diskFreeBytes < LITTLE_BYTES || diskFreeBytes * 20 < diskFreeBytes + diskUsedBytes;
}

export function parkedOf({ status, parcels }: Gateway): number {
  return (status?.parked ?? 0) + parcels.reduce((sum, each) => sum + each.parkedParts, 0);
}

export function conditionOf(gateway: Gateway): Condition {
  if (gateway.switchedOffAt !== null) return 'off';
  if (gateway.silentSince !== null) return 'silent';
  if (parkedOf(gateway) > 0) return 'parked';
  if (isNearlyFull(gateway)) return 'full';
  // Made and never heard of: somebody still has to connect it.
  return gateway.lastContactAt === null ? 'waiting' : 'well';
}

/** Exceptions first; of the silent the longest silent, otherwise by the name of the site. */
export function byCondition(a: Gateway, b: Gateway): number {
  const [first, second] = [conditionOf(a), conditionOf(b)];
  if (first !== second) return ORDER.indexOf(first) - ORDER.indexOf(second);
  if (first === 'silent') return (a.silentSince ?? '').localeCompare(b.silentSince ?? '');
  return a.site.name.localeCompare(b.site.name) || a.name.localeCompare(b.name);
}
