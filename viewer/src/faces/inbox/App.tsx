import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Button } from '../../ui/Button';
import { ProblemNote } from '../../ui/ProblemNote';
import { UrgencyBadge } from '../../ui/UrgencyBadge';
import type { DeliveryId } from '../../wire/ids';
import { signOut } from '../../wire/session';
import type { InboxItem } from '../../wire/types';
import { shortTimeText } from '../shared/format';
import { LanguageChoice, Mark, Name, patientLine } from '../shared/parts';
import { Letter } from './Letter';
import type { Inbox } from './state';
import { words } from './words';

const route = signal(letterIn(location.hash));
window.addEventListener('hashchange', () => {
  route.value = letterIn(location.hash);
  window.scrollTo(0, 0);
});

function letterIn(hash: string): DeliveryId | null {
  const match = /^#\/letter\/([\w-]+)$/.exec(hash);
  return match === null ? null : (match[1] as DeliveryId);
}

export function App({ inbox }: { readonly inbox: Inbox }) {
  const id = route.value;
  return (
    <>
      <Bar inbox={inbox} />
      <main class="page" id="main">
        {inbox.start.value === 'starting' && <p role="status">{words.t('loading')}</p>}
        {inbox.start.value === 'wrong-role' && (
          <div class="note note--warning stack">
            <p class="strong">{words.t('notForYou')}</p>
            <Button kind="primary" onClick={() => void leave()}>
              {words.t('signIn')}
            </Button>
          </div>
        )}
        {inbox.start.value === 'ready' &&
          (id === null ? <List inbox={inbox} /> : <OpenLetter key={id} inbox={inbox} id={id} />)}
      </main>
      <LanguageChoice label={words.t('language')} />
    </>
  );
}

async function leave(): Promise<void> {
  await signOut({ signal: new AbortController().signal }).catch(() => undefined);
  location.assign('/login');
}

function Bar({ inbox }: { readonly inbox: Inbox }) {
  const person = inbox.person.value;
  return (
    <header class="bar no-print">
      <div class="bar__inner">
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
            {words.t('signOut')}
          </Button>
        )}
      </div>
    </header>
  );
}

function List({ inbox }: { readonly inbox: Inbox }) {
  const items = inbox.sorted.value;
  return (
    <>
      <div>
        <h1>{words.t('title')}</h1>
        {inbox.loaded.value && inbox.waiting.value > 0 && (
          <p class="soft">{words.plural('waiting', inbox.waiting.value)}</p>
        )}
      </div>
      {inbox.problem.value !== null && (
        <ProblemNote failure={inbox.problem.value}>
          <Button onClick={() => location.reload()}>{words.t('tryAgain')}</Button>
        </ProblemNote>
      )}
      {!inbox.loaded.value && inbox.problem.value === null && <p role="status">{words.t('loading')}</p>}
      {inbox.loaded.value && items.length === 0 && <p class="soft">{words.t('none')}</p>}
      <ul class="cards">
        {items.map((item) => (
          <li key={item.deliveryId}>
            <Line item={item} />
          </li>
        ))}
      </ul>
      {inbox.next.value !== null && <Button onClick={() => void inbox.loadMore()}>{words.t('more')}</Button>}
    </>
  );
}

function Line({ item }: { readonly item: InboxItem }) {
  const state = item.acknowledgedAt !== null ? 'acknowledged' : item.readAt !== null ? 'read' : 'unread';
  const tone = { acknowledged: 'tag--good', read: 'tag--warning', unread: 'tag--now' }[state];
  return (
    <a class={state === 'unread' ? 'card card--unread' : 'card'} href={`#/letter/${item.deliveryId}`}>
      <span class="row row--apart">
        <span class="card__name">
          {item.patient.name === '' ? words.t('unnamed') : <Name>{item.patient.name}</Name>}
        </span>
        <UrgencyBadge urgency={item.urgency} />
      </span>
      <span class="soft">
        {[
          item.bodyPart === null ? '' : words.of('body', item.bodyPart),
          patientLine(item.patient, { sex: (code) => words.of('sex', code), born: () => '' }),
        ]
          .filter((part) => part !== '')
          .join(' · ')}
      </span>
      {item.impression !== null && item.impression !== '' && (
        <span class="clamp" dir="auto">
          {item.impression}
        </span>
      )}
      <span class="row row--apart">
        <span class={`tag ${tone}`}>{words.t(state)}</span>
        <span class="soft">{shortTimeText(item.deliveredAt, Date.now())}</span>
      </span>
    </a>
  );
}

function OpenLetter({ inbox, id }: { readonly inbox: Inbox; readonly id: DeliveryId }) {
  useEffect(() => {
    void inbox.open(id);
  }, [id]);
  const letter = inbox.letter.value;
  return (
    <>
      <a class="link no-print" href="#/">
        {words.t('allReports')}
      </a>
      {inbox.letterProblem.value !== null && (
        <ProblemNote failure={inbox.letterProblem.value}>
          <Button onClick={() => void inbox.open(id)}>{words.t('tryAgain')}</Button>
        </ProblemNote>
      )}
      {letter === null && inbox.letterProblem.value === null && <p role="status">{words.t('loading')}</p>}
      {letter !== null && <Letter inbox={inbox} letter={letter} />}
    </>
  );
}
