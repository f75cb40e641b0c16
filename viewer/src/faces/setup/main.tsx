import '../../ui/base.css';
import '../shared/light.css';
import { render } from 'preact';
import { Setup } from './Setup';

const token = decodeURIComponent(location.hash.slice(1));
// The code is a key: out of the address bar and the history at once.
history.replaceState(null, '', location.pathname);
const place = document.getElementById('app');
if (place === null) throw new Error('no place for the page');
render(<Setup token={token} />, place);
