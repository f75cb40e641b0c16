import '../../ui/base.css';
import '../shared/light.css';
import { render } from 'preact';
import { destination } from './home';
import { Login } from './Login';
import { loadLoginWords } from './words';

const words = await loadLoginWords();
document.title = `${words.t('title')} · Heliograph`;
const place = document.getElementById('app');
if (place === null) throw new Error('no place for the page');
render(
  <Login
    words={words}
    onSignedIn={(person) => location.replace(destination(person, location.search, location.hash))}
  />,
  place,
);
