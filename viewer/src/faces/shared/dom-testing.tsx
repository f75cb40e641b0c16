import { type ComponentChild, render } from 'preact';
import { act } from 'preact/test-utils';

/** Draws a page for a test and finds things in it the way people do: by role and name. */
export function draw(page: ComponentChild): HTMLElement {
  const place = document.createElement('div');
  document.body.replaceChildren(place);
  act(() => render(page, place));
  return place;
}

const ROLES: Readonly<Record<string, string>> = {
  button: 'button',
  link: 'a[href]',
  heading: 'h1,h2,h3',
  alert: '[role=alert]',
  status: '[role=status]',
  textbox: 'input:not([type=radio]):not([type=checkbox]):not([type=file]),textarea',
  radio: 'input[type=radio]',
  combobox: 'select',
};

export function allByRole(place: HTMLElement, role: string, name?: string | RegExp): HTMLElement[] {
  const found = [...place.querySelectorAll<HTMLElement>(ROLES[role] ?? `[role=${role}]`)];
  return found.filter((each) => name === undefined || matches(nameOf(each), name));
}

export function byRole(place: HTMLElement, role: string, name?: string | RegExp): HTMLElement {
  const found = allByRole(place, role, name);
  const [only] = found;
  if (found.length !== 1 || only === undefined) {
    throw new Error(`${found.length} of role ${role} named ${name}, in: ${place.textContent}`);
  }
  return only;
}

export function type(field: HTMLElement, text: string): void {
  if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement))
    throw new Error('not a field');
  act(() => {
    field.value = text;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });
}

export async function press(what: HTMLElement): Promise<void> {
  await act(async () => {
    what.click();
    await settle();
  });
}

/** Lets promises that are already on their way come to rest. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}

function nameOf(element: HTMLElement): string {
  const label = element.getAttribute('aria-label');
  if (label !== null) return label;
  const id = element.getAttribute('id');
  const labelled = id === null ? null : document.querySelector(`label[for="${id}"]`);
  return (labelled ?? element.closest('label') ?? element).textContent?.trim() ?? '';
}

function matches(name: string, wanted: string | RegExp): boolean {
  return typeof wanted === 'string' ? name === wanted : wanted.test(name);
}
