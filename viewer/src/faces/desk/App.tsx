import { Button } from '../../ui/Button';
import { ProblemNote } from '../../ui/ProblemNote';
import { Toasts } from '../../ui/Toasts';
import { signOut } from '../../wire/session';
import { Mark, Name } from '../shared/parts';
import { Cases } from './Cases';
import { GatewayAlarm, Gateways } from './Gateways';
import type { Desk, Tab } from './state';

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
        {(person?.role === 'COORDINATOR' || person?.role === 'ADMINISTRATOR') && (
          <Tabs desk={desk} first={person.role === 'COORDINATOR' ? 'Cases' : 'Administration'} />
        )}
        {person !== null && person.role !== 'COORDINATOR' && person.role !== 'ADMINISTRATOR' && (
          <div class="note note--warning stack">
            <p class="strong">This page is for coordinators and administrators.</p>
            <Button kind="primary" onClick={() => void leave()}>
              Sign in
            </Button>
          </div>
        )}
      </main>
      <Toasts />
    </>
  );
}

/** What one works on, and the gateways; a silent site is told on both. */
function Tabs({ desk, first }: { readonly desk: Desk; readonly first: string }) {
  const tab = desk.tab.value;
  const tabs: readonly (readonly [Tab, string])[] = [
    ['work', first],
    ['gateways', 'Gateways'],
  ];
  return (
    <>
      <nav class="row" aria-label="Desk">
        {tabs.map(([name, text]) => (
          <a
            key={name}
            class="button tab"
            href={name === 'work' ? '#' : '#gateways'}
            aria-current={tab === name ? 'page' : undefined}
          >
            {text}
          </a>
        ))}
      </nav>
      {tab === 'work' && <GatewayAlarm board={desk.gateways} />}
      {tab === 'gateways' && <Gateways board={desk.gateways} />}
      {tab === 'work' && (first === 'Cases' ? <Cases desk={desk} /> : <CommandLine />)}
    </>
  );
}

async function leave(): Promise<void> {
  await signOut({ signal: new AbortController().signal }).catch(() => undefined);
  location.assign('/login');
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
