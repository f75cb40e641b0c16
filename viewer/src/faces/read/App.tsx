import { useEffect } from 'preact/hooks';
import { t } from '../../i18n/messages';
import { onKeys } from '../../state/keys';
import type { Room } from '../../state/room';
import { go, route } from '../../state/route';
import { Button } from '../../ui/Button';
import { say, sayProblem, Toasts } from '../../ui/Toasts';
import { signOut } from '../../wire/session';
import { CaseView } from './case/CaseView';
import { Dialogs } from './Dialogs';
import { w } from './words';
import { WorklistPane } from './worklist/WorklistPane';

export async function takeNextCase(room: Room): Promise<void> {
  try {
    if (!(await room.next())) say(w('list.nothingWaits'));
  } catch (failure) {
    sayProblem(failure);
  }
}

async function leave(room: Room): Promise<void> {
  try {
    await room.open.value?.close();
    await signOut({ signal: new AbortController().signal });
    location.assign('/login');
  } catch (failure) {
    sayProblem(failure);
  }
}

function useRoomKeys(room: Room): void {
  useEffect(
    () =>
      onKeys((event) => {
        if (event.altKey) return false;
        if (event.key === '?') room.dialog.value = 'keys';
        else if (event.key === 'n' || event.key === 'N') void takeNextCase(room);
        else if (event.key === '\\') room.listHidden.value = !room.listHidden.value;
        else return false;
        return true;
      }),
    [room],
  );
}

function Home() {
  return (
    <section class="home">
      <h2>{w('home.title')}</h2>
      <p>{w('home.text')}</p>
    </section>
  );
}

export function App({ room }: { readonly room: Room }) {
  useRoomKeys(room);
  const open = room.open.value;
  const classes = ['room'];
  if (open !== null) classes.push('room--case');
  if (room.listHidden.value && open !== null) classes.push('room--wide');

  return (
    <div class={classes.join(' ')}>
      <header class="bar">
        {open !== null && (
          <Button kind="quiet" onClick={() => go({ caseId: null, filter: route.value.filter })}>
            ← {w('case.back')}
          </Button>
        )}
        <h1 class="bar__title">
          <span class="bar__mark" aria-hidden="true" />
          Heliograph
        </h1>
        <span class="bar__room">{w('title')}</span>
        <span class="bar__gap" />
        {open !== null && (
          <Button
            kind="quiet"
            aria-pressed={room.listHidden.value}
            onClick={() => {
              room.listHidden.value = !room.listHidden.value;
            }}
          >
            {room.listHidden.value ? w('list.show') : w('list.hide')}
          </Button>
        )}
        <Button
          kind="quiet"
          aria-keyshortcuts="?"
          onClick={() => {
            room.dialog.value = 'keys';
          }}
        >
          {w('keys.open')} <kbd>?</kbd>
        </Button>
        <span class="bar__person">{room.me.displayName}</span>
        <Button kind="quiet" onClick={() => void leave(room)}>
          {t('signOut')}
        </Button>
      </header>
      <WorklistPane room={room} />
      <main class="stage">
        {open === null ? <Home /> : <CaseView key={open.id} room={room} open={open} />}
      </main>
      <Dialogs room={room} />
      <Toasts />
    </div>
  );
}
