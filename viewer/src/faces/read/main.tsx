import { render } from 'preact';
import { useLanguages } from '../../i18n/messages';
import '../../ui/base.css';
import { Toasts } from '../../ui/Toasts';

await useLanguages(navigator.languages);
const app = document.getElementById('app');
if (app !== null) {
  render(<Toasts />, app);
}
