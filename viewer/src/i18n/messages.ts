import { en } from './en';

/** The words of the interface. English is complete; another language may be partial and falls back to it. */
export type MessageKey = keyof typeof en;
export type Catalogue = Readonly<Record<string, string>>;
export type Values = Readonly<Record<string, string | number>>;

const languages: Record<string, () => Promise<Catalogue>> = {};
let translated: Catalogue = {};
let locale = 'en';

/** Adds a language; its catalogue is fetched only by people who use it. */
export function addLanguage(language: string, load: () => Promise<Catalogue>): void {
  languages[language] = load;
}

/** Takes the first of the person's languages that there is a catalogue for; dates follow their locale anyway. */
export async function useLanguages(wanted: readonly string[]): Promise<void> {
  locale = wanted[0] ?? 'en';
  translated = {};
  document.documentElement.lang = 'en';
  for (const each of wanted) {
    const language = each.split('-')[0] ?? 'en';
    if (language === 'en') return;
    const load = languages[language];
    if (load !== undefined) {
      translated = await load();
      document.documentElement.lang = language;
      return;
    }
  }
}

/**
 * The words of one face: its own English beside the common one, so that no face carries another's words. The result
 * is text with `{name}` places filled in, never markup.
 */
export function translator<Key extends string>(
  english: Readonly<Record<Key, string>>,
): (key: Key, values?: Values) => string {
  return (key, values = {}) => {
    const pattern = translated[key] ?? english[key];
    return pattern.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
  };
}

export const t = translator(en);

export function currentLocale(): string {
  return locale;
}
