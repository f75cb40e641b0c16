import { t } from '../i18n/messages';
import type { Urgency } from '../wire/types';

/** One outline per urgency, so that it is told by colour, by word and by shape. */
const SHAPE: Record<Urgency, string> = {
  EMERGENCY: 'M5 0 10 10H0z',
  URGENT: 'M5 0 10 5 5 10 0 5z',
  ROUTINE: 'M5 0a5 5 0 1 0 0 10A5 5 0 0 0 5 0z',
};

export function UrgencyBadge({ urgency }: { readonly urgency: Urgency }) {
  return (
    <span class={`urgency urgency--${urgency}`}>
      <svg viewBox="0 0 10 10" aria-hidden="true">
        <path d={SHAPE[urgency]} />
      </svg>
      {t(`urgency.${urgency}`)}
    </span>
  );
}
