import type { CaseState, CaseSummary } from '../../wire/types';
import { hasReport, needsClinic } from './tracker';
import { words } from './words';

/** The state in plain words, as ui.md's tracker says it. */
export function stateText(found: CaseSummary): string {
  const name = found.claimedBy?.displayName ?? '';
  switch (found.state) {
    case 'CLAIMED':
      return name === '' ? words.t('state.CLAIMED.someone') : words.t('state.CLAIMED', { name });
    case 'REPORTED':
      return words.t('state.REPORTED', { name });
    default:
      return words.t(`state.${found.state}`);
  }
}

export function stateTone(state: CaseState): string {
  if (needsClinic(state)) return 'tag--warning';
  if (hasReport(state)) return 'tag--good';
  return state === 'CANCELLED' ? '' : 'tag--now';
}
