import { en } from './en';

/** The words of the interface. English is complete; another language may be partial and falls back to it. */
export type MessageKey = keyof typeof en;
export type Catalogue = Partial<Record<MessageKey, string>>;

const catalogues: Record<string, () => Promise<Catalogue>> = {};
let words: Catalogue = en;
let locale = 'en';

/** Adds a language; its catalogue is fetched only by people who use it. */
export function addLanguage(language: string, load: () => Promise<Catalogue>): void {
  catalogues[language] = load;
}

/** Takes the first of the person's languages that there is a catalogue for; dates follow their locale anyway. */
export async function useLanguages(languages: readonly string[]): Promise<void> {
  locale = languages[0] ?? 'en';
  for (const wanted of languages) {
    const language = wanted.split('-')[0] ?? 'en';
    if (language === 'en') break;
    const load = catalogues[language];
    if (load !== undefined) {
      words = { ...en, ...(await load()) };
      document.documentElement.lang = language;
      return;
    }
  }
  words = en;
  document.documentElement.lang = 'en';
}

/** The words for a key, with `{name}` places filled in. The result is text, never markup. */
export function t(key: MessageKey, values: Record<string, string | number> = {}): string {
  const pattern = words[key] ?? en[key];
  return pattern.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}

export function currentLocale(): string {
  return locale;
}
