import { Button } from '../../ui/Button';
import { UrgencyBadge } from '../../ui/UrgencyBadge';
import { Warning } from '../../ui/Warning';
import type { CaseState, CaseSummary, UnderWay } from '../../wire/types';
import { durationText, shareText, timeText } from '../shared/format';
import { Name } from '../shared/parts';
import { ReleaseDialog } from './ReleaseDialog';
import type { Desk } from './state';

const STATE: Record<CaseState, string> = {
  DRAFT: 'Not handed over yet',
  SUBMITTED: 'Waiting for pictures',
  RECEIVING: 'Pictures arriving',
  WAITING: 'Waiting for a reader',
  CLAIMED: 'Being read',
  REPORTED: 'Preliminary report',
  NEEDS_INFO: 'Clinic must answer',
  FINAL: 'Report ready',
  DELIVERED: 'Report delivered',
  ACKNOWLEDGED: 'Acknowledged',
  AMENDED: 'Addendum written',
  REJECTED: 'Rejected',
  CANCELLED: 'Cancelled',
};

/** Every case of the network, the most pressing first. */
export function Cases({ desk }: { readonly desk: Desk }) {
  const cases = desk.sorted.value;
  const view = desk.view.value;
  const releasing = desk.releasing.value;
  return (
    <>
      <div class="row row--apart">
        <h1>Cases</h1>
        <fieldset class="row" aria-label="Which cases">
          <Button aria-pressed={view === 'open'} onClick={() => void desk.show('open')}>
            Open
          </Button>
          <Button aria-pressed={view === 'all'} onClick={() => void desk.show('all')}>
            All
          </Button>
        </fieldset>
      </div>
      {desk.loaded.value && (
        <ul class="counts">
          <li class={desk.overdue.value > 0 ? 'count count--bad' : 'count'}>
            <strong>{desk.overdue.value}</strong> past the deadline
          </li>
          {[...desk.counts.value].map(([state, count]) => (
            <li class="count" key={state}>
              <strong>{count}</strong> {STATE[state].toLowerCase()}
            </li>
          ))}
        </ul>
      )}
      {!desk.loaded.value && desk.problem.value === null && <p role="status">Loading…</p>}
      {desk.loaded.value && cases.length === 0 && <p class="soft">No cases.</p>}
      {cases.length > 0 && (
        // The region scrolls sideways on a narrow screen, so the keyboard must be able to reach it.
        // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
        <section class="scroll" aria-label="Cases" tabIndex={0}>
          <table class="board">
            <thead>
              <tr>
                <th scope="col">Case</th>
                <th scope="col">Deadline</th>
                <th scope="col">Urgency</th>
                <th scope="col">State</th>
                <th scope="col">Reader</th>
                <th scope="col">Clinic</th>
                <th scope="col">Patient</th>
                <th scope="col">Pictures</th>
                <th scope="col">Created</th>
              </tr>
            </thead>
            <tbody>
              {cases.map((found) => (
                <Row key={found.id} desk={desk} found={found} />
              ))}
            </tbody>
          </table>
        </section>
      )}
      {desk.next.value !== null && <Button onClick={() => void desk.loadMore()}>Show older cases</Button>}
      {releasing !== null && (
        <ReleaseDialog
          key={releasing}
          id={releasing}
          onDone={() => void desk.load()}
          onClose={() => {
            desk.releasing.value = null;
          }}
        />
      )}
    </>
  );
}

function Row({ desk, found }: { readonly desk: Desk; readonly found: CaseSummary }) {
  return (
    <tr class={found.overdue ? 'board__overdue' : ''}>
      <th scope="row">{found.number}</th>
      <td>{deadline(found, Date.now())}</td>
      <td>
        <UrgencyBadge urgency={found.urgency} />
      </td>
      <td>
        {STATE[found.state]}
        {found.underWay != null && <Arriving desk={desk} found={found} underWay={found.underWay} />}
      </td>
      <td>{found.claimedBy !== null && <Name>{found.claimedBy.displayName}</Name>}</td>
      <td>
        <Name>{found.site.name}</Name>
      </td>
      <td>
        <Name>{found.patient.name}</Name> <span class="soft">{found.patient.ageText ?? ''}</span>
      </td>
      <td>{found.imageCount}</td>
      <td>{timeText(found.createdAt)}</td>
    </tr>
  );
}

/** How far the pictures are that a gateway announced; a coordinator may give up waiting for them. */
function Arriving(props: { readonly desk: Desk; readonly found: CaseSummary; readonly underWay: UnderWay }) {
  const { receivedBytes, totalBytes, storedInstances, totalInstances, silent, lastHeardAt } = props.underWay;
  const { percent, part, whole } = shareText(receivedBytes, totalBytes);
  return (
    <div class="arriving">
      <p>
        {percent} arrived ({part} of {whole}), {storedInstances} of {totalInstances} pictures whole
      </p>
      {silent && (
        <p class="alarm">
          <Warning /> Silent since {timeText(lastHeardAt)}
        </p>
      )}
      <Button
        aria-label={`Release case ${props.found.number}`}
        onClick={() => {
          props.desk.releasing.value = props.found.id;
        }}
      >
        Release…
      </Button>
    </div>
  );
}

/** States in which the clock has stopped for good. */
const ENDED: ReadonlySet<string> = new Set([
  'FINAL',
  'DELIVERED',
  'ACKNOWLEDGED',
  'AMENDED',
  'REJECTED',
  'CANCELLED',
]);

function deadline(found: CaseSummary, nowMs: number): string {
  if (ENDED.has(found.state)) return '';
  if (found.clockPaused) return 'clock paused';
  if (found.deadlineAt === null) return '';
  const left = (Date.parse(found.deadlineAt) - nowMs) / 1000;
  if (found.overdue) return `${durationText(left)} over`;
  return left > 0 ? `${durationText(left)} left` : '';
}
