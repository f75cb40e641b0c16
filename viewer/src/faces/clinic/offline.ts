/**
 * Lets the face start without a link after one visit: a service worker keeps the page and its scripts, never an
 * answer of the hub's interface. Browsers offer it only over https or on the machine itself.
 */
export async function keepForOffline(): Promise<void> {
  if (import.meta.env.DEV || !('serviceWorker' in navigator)) return;
  try {
    await navigator.serviceWorker.register('/clinic-sw.js', { scope: '/clinic' });
    const ready = await navigator.serviceWorker.ready;
    const loaded = performance.getEntriesByType('resource').map((entry) => new URL(entry.name).pathname);
    // The code of the first upload is wanted exactly when the link is bad: fetched now, while it is there.
    await import('tus-js-client');
    const later = performance.getEntriesByType('resource').map((entry) => new URL(entry.name).pathname);
    const assets = [...new Set([...loaded, ...later])].filter((path) => path.startsWith('/assets/'));
    ready.active?.postMessage({ keep: [location.pathname, ...assets] });
  } catch {
    // Works without: the face then needs a link to start.
  }
}
