import '../../ui/base.css';
import '../shared/light.css';
import './desk.css';
import { render } from 'preact';
import { useLanguages } from '../../i18n/messages';
import { App } from './App';
import { Desk } from './state';

await useLanguages(navigator.languages);
const place = document.getElementById('app');
if (place === null) throw new Error('no place for the page');
const desk = new Desk();
render(<App desk={desk} />, place);
await desk.begin();
