import { signal } from '@preact/signals';
import { t } from '../i18n/messages';
import { isAbort } from '../wire/http';
import { Button } from './Button';
import { asProblem } from './ProblemNote';

interface Toast {
  readonly key: number;
  readonly kind: 'plain' | 'good' | 'problem';
  readonly text: string;
  readonly more: string;
}

const GONE_AFTER_MILLIS = 6000;
const toasts = signal<readonly Toast[]>([]);
let last = 0;

function add(toast: Omit<Toast, 'key'>): number {
  const key = ++last;
  toasts.value = [...toasts.value.slice(-2), { ...toast, key }];
  return key;
}

function remove(key: number): void {
  toasts.value = toasts.value.filter((toast) => toast.key !== key);
}

/** Says briefly that something was done; goes away by itself. */
export function say(text: string, kind: 'plain' | 'good' = 'plain'): void {
  const key = add({ kind, text, more: '' });
  setTimeout(() => remove(key), GONE_AFTER_MILLIS);
}

/** Shows a failure with its code and next step; stays until dismissed. Aborted work is not a failure. */
export function sayProblem(failure: unknown): void {
  if (isAbort(failure)) return;
  const problem = asProblem(failure);
  const more = [problem.detail, problem.next, problem.code].filter((part) => part !== '').join(' · ');
  add({ kind: 'problem', text: problem.title, more });
}

/** Where toasts appear; a face renders it once. */
export function Toasts() {
  return (
    <div class="toasts" role="status" aria-live="polite">
      {toasts.value.map((toast) => (
        <div key={toast.key} class={`toast toast--${toast.kind}`}>
          <div>
            <p>{toast.text}</p>
            {toast.more !== '' && <p class="field__hint">{toast.more}</p>}
          </div>
          <Button kind="quiet" onClick={() => remove(toast.key)}>
            {t('dismiss')}
          </Button>
        </div>
      ))}
    </div>
  );
}
