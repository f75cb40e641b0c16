import { loadWords, type Translations, type Words, wordsFrom } from '../../shared/words';
import { en, type Key } from './en';

const translations: Translations<Key> = {};

/** Replaced before the first page is drawn. */
export let words: Words<Key> = wordsFrom<Key>(en, 'en');

export async function loadClinicWords(): Promise<void> {
  words = await loadWords<Key>(en, translations);
}
