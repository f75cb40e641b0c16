import { Dialog } from '../../ui/Dialog';
import { w } from './words';

const KEYS = [
  ['N', 'key.next'],
  ['J K', 'key.list'],
  ['Enter', 'key.openCase'],
  ['C', 'key.claim'],
  ['↑ ↓', 'key.image'],
  ['1 – 9', 'key.presets'],
  ['Alt + ↑ ↓ → ←', 'key.windowKeys'],
  ['W P Z L', 'key.tools'],
  ['+ −', 'key.zoom'],
  ['Shift + arrows', 'key.panKeys'],
  ['I R H V', 'key.look'],
  ['F O 0', 'key.fit'],
  ['E S', 'key.report'],
  ['M', 'key.message'],
  ['Esc', 'key.viewport'],
  ['Ctrl + S, P, Enter', 'key.save'],
  ['A X', 'key.askReject'],
  ['\\', 'key.hideList'],
  ['?', 'key.help'],
] as const;

export function KeysDialog({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog title={w('keys.title')} onClose={onClose}>
      <dl class="keys">
        {KEYS.map(([key, name]) => (
          <div key={name} class="keys__row">
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{w(name)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
