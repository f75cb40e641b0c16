import { loadWords, type Translations, type Words, wordsFrom } from '../../shared/words';
import { en, type Key } from './en';

export const translations: Translations<Key> = {
  fr: async () => (await import('./fr')).fr,
  es: async () => (await import('./es')).es,
  pt: async () => (await import('./pt')).pt,
  sw: async () => (await import('./sw')).sw,
  sv: async () => (await import('./sv')).sv,
};

/** Replaced before the first page is drawn. */
export let words: Words<Key> = wordsFrom<Key>(en, 'en');

export async function loadClinicWords(): Promise<void> {
  words = await loadWords<Key>(en, translations);
}
