import type { CaseState, CaseSummary, UnderWay } from '../../wire/types';
import { durationText, shareText, shortTimeText } from '../shared/format';
import { hasReport, needsClinic } from './tracker';
import { words } from './words';

/** The state in plain words, as ui.md's tracker says it. */
export function stateText(found: CaseSummary): string {
  const name = found.claimedBy?.displayName ?? '';
  switch (found.state) {
    case 'SUBMITTED':
    case 'WAITING':
      return words.t(found.underWay == null ? `state.${found.state}` : 'state.RECEIVING');
    case 'CLAIMED':
      return name === '' ? words.t('state.CLAIMED.someone') : words.t('state.CLAIMED', { name });
    case 'REPORTED':
      return words.t('state.REPORTED', { name });
    default:
      return words.t(`state.${found.state}`);
  }
}

/** What "sending" is called while pictures come by the clinic's computer. */
export function sendingText(
  { receivedBytes, totalBytes }: Pick<UnderWay, 'receivedBytes' | 'totalBytes'>,
  secondsLeft: number | null,
): string {
  const values = shareText(receivedBytes, totalBytes);
  return secondsLeft === null
    ? words.t('draft.sending', values)
    : words.t('draft.sendingLeft', { ...values, left: durationText(secondsLeft) });
}

/** How far the pictures are that come by the clinic's computer. */
export function underWayText(underWay: UnderWay, secondsLeft: number | null): string {
  if (underWay.silent) {
    return words.t('gateway.silent', { time: shortTimeText(underWay.lastHeardAt ?? '', Date.now()) });
  }
  if (underWay.receivedBytes === 0) return words.t('gateway.waiting');
  if (underWay.receivedBytes >= underWay.totalBytes) return words.t('gateway.filing');
  return sendingText(underWay, secondsLeft);
}

export function stateTone(state: CaseState): string {
  if (needsClinic(state)) return 'tag--warning';
  if (hasReport(state)) return 'tag--good';
  return state === 'CANCELLED' ? '' : 'tag--now';
}
