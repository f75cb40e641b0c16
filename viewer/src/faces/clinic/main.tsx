import '../../ui/base.css';
import '../shared/light.css';
import '../shared/report.css';
import './clinic.css';
import { render } from 'preact';
import { App } from './App';
import { keepForOffline } from './offline';
import { Clinic } from './state';
import { loadClinicWords, words } from './words';

await loadClinicWords();
document.title = `${words.t('title')} · Heliograph`;
const place = document.getElementById('app');
if (place === null) throw new Error('no place for the page');
const clinic = new Clinic();
render(<App clinic={clinic} />, place);
await clinic.begin();
await keepForOffline();
