import { deadlineText, timeText } from '../../../i18n/dates';
import { t } from '../../../i18n/messages';
import { termText } from '../../../i18n/term';
import { now } from '../../../state/clock';
import { UrgencyBadge } from '../../../ui/UrgencyBadge';
import type { CaseSummary, Person, UnderWay } from '../../../wire/types';
import { shareText, shortTimeText } from '../../shared/format';
import { w } from '../words';

interface Props {
  readonly row: CaseSummary;
  readonly me: Person;
  readonly open: boolean;
  /** One row at a time is in the tab order; the arrow keys move it. */
  readonly reachable: boolean;
  readonly onOpen: () => void;
}

function done(row: CaseSummary): boolean {
  return ['FINAL', 'DELIVERED', 'ACKNOWLEDGED', 'AMENDED', 'REJECTED', 'CANCELLED'].includes(row.state);
}

/** How far the pictures are, in words; a silent gateway is told by word and shape as well as by colour. */
function Arrival({ underWay, previewsOnly }: { underWay: UnderWay; previewsOnly: boolean }) {
  const { receivedBytes, totalBytes, storedInstances, totalInstances, silent, lastHeardAt } = underWay;
  const arriving =
    receivedBytes >= totalBytes ? w('list.filing') : w('list.arriving', shareText(receivedBytes, totalBytes));
  return (
    <>
      <span class="row__line row__arrival">
        <span class="row__cut">{arriving}</span>
        <span class="row__soft">
          {previewsOnly
            ? w('list.previewsOnly')
            : w('list.wholeOf', { stored: storedInstances, total: totalInstances })}
        </span>
      </span>
      {silent && (
        <span class="row__line row__arrival">
          <span class="silent">
            {w('list.silent', { time: shortTimeText(lastHeardAt ?? '', now.value) })}
          </span>
        </span>
      )}
    </>
  );
}

export function WorklistRow({ row, me, open, reachable, onOpen }: Props) {
  const images = row.imageCount === 1 ? w('list.image') : w('list.images', { count: row.imageCount });
  const facts = [row.patient.ageText, row.patient.sex === '' ? null : t(`sex.${row.patient.sex}`)];
  const what = [termText(row.bodyPart ?? ''), row.modality, images];
  const line = (parts: readonly (string | null)[]) =>
    parts.filter((part) => part !== null && part !== '').join(' · ');
  const mine = row.claimedBy?.id === me.id;
  const overdue =
    !done(row) && !row.clockPaused && row.deadlineAt !== null && Date.parse(row.deadlineAt) < now.value;

  return (
    <li>
      <button
        type="button"
        class={open ? 'row row--open' : 'row'}
        aria-current={open ? 'true' : undefined}
        data-case={row.id}
        tabIndex={reachable ? 0 : -1}
        onClick={onOpen}
      >
        <span class="row__line">
          <UrgencyBadge urgency={row.urgency} />
          <span class={overdue ? 'row__left row__left--over' : 'row__left'}>
            {done(row) ? timeText(row.updatedAt) : deadlineText(row.deadlineAt, row.clockPaused, now.value)}
          </span>
        </span>
        <span class="row__line">
          <bdi class="row__name">{row.patient.name || w('banner.noName')}</bdi>
          <span class="row__soft">{line(facts)}</span>
        </span>
        <span class="row__line row__soft">
          <span class="row__cut">{line(what)}</span>
          <span>{t(`specialty.${row.specialty}`)}</span>
        </span>
        <span class="row__line row__soft">
          <bdi class="row__cut">{row.site.name}</bdi>
          <span class={mine ? 'row__state row__state--mine' : 'row__state'}>{row.stateText}</span>
        </span>
        {row.underWay != null && <Arrival underWay={row.underWay} previewsOnly={row.previewsOnly} />}
      </button>
    </li>
  );
}
