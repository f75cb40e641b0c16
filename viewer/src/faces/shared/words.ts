import { addLanguage, currentLocale, useLanguages } from '../../i18n/messages';

/**
 * The words of one face. Each face keeps a catalogue of its own, so that a phone loads only the words it shows;
 * English is complete and always there, another language is fetched by those who use it and may be partial.
 */
export type Language = 'en' | 'fr' | 'es' | 'pt' | 'sw' | 'sv';

export const LANGUAGES: readonly { readonly code: Language; readonly name: string }[] = [
  { code: 'en', name: 'English' },
  { code: 'fr', name: 'Français' },
  { code: 'es', name: 'Español' },
  { code: 'pt', name: 'Português' },
  { code: 'sw', name: 'Kiswahili' },
  { code: 'sv', name: 'Svenska' },
];

addLanguage('fr', async () => (await import('../../i18n/fr')).fr);
addLanguage('es', async () => (await import('../../i18n/es')).es);
addLanguage('pt', async () => (await import('../../i18n/pt')).pt);
addLanguage('sw', async () => (await import('../../i18n/sw')).sw);
addLanguage('sv', async () => (await import('../../i18n/sv')).sv);

const CHOICE = 'heliograph.language';

type Values = Readonly<Record<string, string | number>>;

export interface Words<K extends string> {
  /** The words for a key, `{name}` places filled in. Text, never markup. */
  t(key: K, values?: Values): string;
  /** Picks `key.one`, `key.other` … by the language's plural rules; `{count}` is filled in. */
  plural(key: PluralKey<K>, count: number, values?: Values): string;
  /** The words for a code that the hub sent; the code itself when there are none. */
  of(prefix: string, code: string): string;
}

type PluralKey<K extends string> = K extends `${infer Stem}.other` ? Stem : never;

export type Translations<K extends string> = Partial<
  Record<Language, () => Promise<Partial<Record<K, string>>>>
>;

/** The language that this browser was set to here, else the first of the person's languages that we speak. */
export function chosenLanguage(
  stored: string | null = readChoice(),
  preferred: readonly string[] = navigator.languages,
): Language {
  for (const wanted of stored === null ? preferred : [stored, ...preferred]) {
    const found = LANGUAGES.find((language) => language.code === wanted.split('-')[0]);
    if (found !== undefined) return found.code;
  }
  return 'en';
}

/** Kept for this browser; a language is the only thing that the faces put into localStorage. */
export function chooseLanguage(language: Language): void {
  try {
    localStorage.setItem(CHOICE, language);
  } catch {
    // Storage is switched off: the choice lasts until the page is closed.
  }
}

function readChoice(): string | null {
  try {
    return localStorage.getItem(CHOICE);
  } catch {
    return null;
  }
}

export async function loadWords<K extends string>(
  english: Readonly<Record<K, string>>,
  translations: Translations<K>,
  language: Language = chosenLanguage(),
): Promise<Words<K>> {
  const load = translations[language];
  // A phone without a connection that has never shown this language still gets a page.
  const translated = load === undefined ? {} : await load().catch(() => ({}));
  // Dates and numbers follow the person's own region where it fits the words.
  const region = navigator.languages.find((each) => each.split('-')[0] === language) ?? language;
  await useLanguages([region]).catch(() => undefined);
  document.documentElement.lang = language;
  return wordsFrom({ ...english, ...translated }, language);
}

export function wordsFrom<K extends string>(
  catalogue: Readonly<Record<K, string>>,
  language: string,
): Words<K> {
  const rules = new Intl.PluralRules(language);
  const all: Readonly<Record<string, string | undefined>> = catalogue;
  const fill = (pattern: string, values: Values) =>
    pattern.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
  return {
    t: (key, values = {}) => fill(catalogue[key], values),
    plural: (key, count, values = {}) =>
      fill(all[`${key}.${rules.select(count)}`] ?? all[`${key}.other`] ?? '', {
        count: count.toLocaleString(currentLocale()),
        ...values,
      }),
    of: (prefix, code) => all[`${prefix}.${code}`] ?? code,
  };
}
