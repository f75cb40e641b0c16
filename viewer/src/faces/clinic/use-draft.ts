import { useEffect, useRef, useState } from 'preact/hooks';
import type { Draft } from './drafts';
import type { Clinic } from './state';

const PAUSE_MS = 300;

/**
 * A draft under the person's hands: each key is shown at once and written to the phone's store after a short pause,
 * and at the latest when the page is hidden or left.
 */
export function useDraft(
  clinic: Clinic,
  initial: Draft,
): { readonly draft: Draft; change(patch: Partial<Draft>): void; flush(): Promise<void> } {
  const [draft, setDraft] = useState(initial);
  const latest = useRef(initial);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  const flush = async () => {
    if (timer.current === undefined) return;
    clearTimeout(timer.current);
    timer.current = undefined;
    await clinic.keep(latest.current);
  };
  const change = (patch: Partial<Draft>) => {
    latest.current = { ...latest.current, ...patch };
    setDraft(latest.current);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void flush(), PAUSE_MS);
  };
  useEffect(() => {
    const hidden = () => void flush();
    document.addEventListener('visibilitychange', hidden);
    window.addEventListener('pagehide', hidden);
    return () => {
      document.removeEventListener('visibilitychange', hidden);
      window.removeEventListener('pagehide', hidden);
      void flush();
    };
  }, []);
  return { draft, change, flush };
}
