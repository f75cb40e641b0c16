import { Button } from '../../ui/Button';
import { ProblemNote } from '../../ui/ProblemNote';
import { UrgencyBadge } from '../../ui/UrgencyBadge';
import { signOut } from '../../wire/session';
import type { CaseState, CaseSummary } from '../../wire/types';
import { durationText, timeText } from '../shared/format';
import { Mark, Name } from '../shared/parts';
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

export function App({ desk }: { readonly desk: Desk }) {
  const person = desk.person.value;
  return (
    <>
      <header class="bar">
        <div class="bar__inner bar__inner--wide">
          <p class="bar__title">
            <span class="brand">
              <Mark /> Heliograph
            </span>
            {person !== null && (
              <small>
                <Name>{person.displayName}</Name>
              </small>
            )}
          </p>
          {person !== null && (
            <Button kind="quiet" onClick={() => void leave()}>
              Sign out
            </Button>
          )}
        </div>
      </header>
      <main class="page page--wide" id="main">
        {person === null && desk.problem.value === null && <p role="status">Loading…</p>}
        {desk.problem.value !== null && (
          <ProblemNote failure={desk.problem.value}>
            <Button onClick={() => location.reload()}>Try again</Button>
          </ProblemNote>
        )}
        {person?.role === 'COORDINATOR' && <Board desk={desk} />}
        {person?.role === 'ADMINISTRATOR' && <CommandLine />}
        {person !== null && person.role !== 'COORDINATOR' && person.role !== 'ADMINISTRATOR' && (
          <div class="note note--warning stack">
            <p class="strong">This page is for coordinators and administrators.</p>
            <Button kind="primary" onClick={() => void leave()}>
              Sign in
            </Button>
          </div>
        )}
      </main>
    </>
  );
}

async function leave(): Promise<void> {
  await signOut({ signal: new AbortController().signal }).catch(() => undefined);
  location.assign('/login');
}

function Board({ desk }: { readonly desk: Desk }) {
  const cases = desk.sorted.value;
  const view = desk.view.value;
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
                <Row key={found.id} found={found} />
              ))}
            </tbody>
          </table>
        </section>
      )}
      {desk.next.value !== null && <Button onClick={() => void desk.loadMore()}>Show older cases</Button>}
    </>
  );
}

function Row({ found }: { readonly found: CaseSummary }) {
  return (
    <tr class={found.overdue ? 'board__overdue' : ''}>
      <th scope="row">{found.number}</th>
      <td>{deadline(found, Date.now())}</td>
      <td>
        <UrgencyBadge urgency={found.urgency} />
      </td>
      <td>{STATE[found.state]}</td>
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

function CommandLine() {
  return (
    <>
      <h1>Administration</h1>
      <div class="sheet">
        <p>
          Clinics, people and DICOM addresses are set up with the command line on the hub’s machine. This
          account sees no patient data.
        </p>
        <dl class="commands">
          <dt>List the clinics, add one</dt>
          <dd>
            <code>./heliograph admin site list</code>
            <code>./heliograph admin site add …</code>
          </dd>
          <dt>Let an X-ray machine send for a clinic</dt>
          <dd>
            <code>./heliograph admin ae add …</code>
          </dd>
          <dt>Add a person, set a new password</dt>
          <dd>
            <code>./heliograph admin user add …</code>
            <code>./heliograph admin password reset …</code>
          </dd>
          <dt>Statistics as JSON</dt>
          <dd>
            <code>./heliograph admin statistics</code>
          </dd>
        </dl>
        <p class="soft">
          <code>./heliograph admin --help</code> shows every command with its options.
        </p>
      </div>
    </>
  );
}
