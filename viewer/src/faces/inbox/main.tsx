import '../../ui/base.css';
import '../shared/light.css';
import '../shared/report.css';
import './inbox.css';
import { render } from 'preact';
import { App } from './App';
import { Inbox } from './state';
import { loadInboxWords, words } from './words';

await loadInboxWords();
document.title = `${words.t('title')} · Heliograph`;
const place = document.getElementById('app');
if (place === null) throw new Error('no place for the page');
const inbox = new Inbox();
render(<App inbox={inbox} />, place);
await inbox.begin();
