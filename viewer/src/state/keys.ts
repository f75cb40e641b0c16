/** A handler says whether it took the key. */
export type KeyHandler = (event: KeyboardEvent) => boolean;

const handlers: KeyHandler[] = [];

/** Adds a handler that is asked before the ones added earlier. */
export function onKeys(handler: KeyHandler): () => void {
  handlers.unshift(handler);
  return () => {
    handlers.splice(handlers.indexOf(handler), 1);
  };
}

export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName);
}

/** Gives single keys to the handlers, unless somebody types, a dialog is open or the browser's own keys are meant. */
export function listenToKeys(end: AbortSignal): void {
  const listen = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || isTyping(event.target)) return;
    if (document.querySelector('dialog[open]') !== null) return;
    for (const handler of [...handlers]) {
      if (handler(event)) {
        event.preventDefault();
        return;
      }
    }
  };
  document.addEventListener('keydown', listen, { signal: end });
}
