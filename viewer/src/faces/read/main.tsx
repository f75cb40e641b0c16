import { render } from 'preact';
import { useLanguages } from '../../i18n/messages';
import { startClock } from '../../state/clock';
import { listenToKeys } from '../../state/keys';
import { Room } from '../../state/room';
import { followHistory } from '../../state/route';
import '../../ui/base.css';
import { ProblemNote } from '../../ui/ProblemNote';
import { currentPerson, goToLogin, homeOf } from '../../wire/session';
import { App } from './App';
import './style/room.css';
import './style/worklist.css';
import './style/case.css';
import './style/images.css';
import './style/report.css';
import './style/narrow.css';

const end = new AbortController().signal;
const place = document.getElementById('app') ?? document.body;

async function start(): Promise<void> {
  await useLanguages(navigator.languages);
  const me = await currentPerson({ signal: end });
  if (me === null) return goToLogin();
  if (me.role !== 'READER' && me.role !== 'COORDINATOR') return location.assign(homeOf(me));
  const room = new Room(me, end);
  startClock(end);
  followHistory(end);
  listenToKeys(end);
  room.start();
  render(<App room={room} />, place);
}

start().catch((failure: unknown) => {
  render(
    <main class="alone">
      <ProblemNote failure={failure} />
    </main>,
    place,
  );
});
