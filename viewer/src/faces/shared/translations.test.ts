import { describe, expect, test } from 'vitest';
import { translations as clinic } from '../clinic/words';
import { en as clinicEnglish } from '../clinic/words/en';
import { translations as inbox, en as inboxEnglish } from '../inbox/words';
import { LANGUAGES } from './words';

const places = (text: string) => [...text.matchAll(/\{\w+\}/g)].map((match) => match[0]).sort();

describe.each([
  ['clinic', clinicEnglish as Readonly<Record<string, string>>, clinic],
  ['inbox', inboxEnglish as Readonly<Record<string, string>>, inbox],
] as const)('the words of /%s', (_face, english, translations) => {
  test.each(LANGUAGES.map((language) => language.code).filter((code) => code !== 'en'))(
    'in %s are complete and keep the places to fill in',
    async (code) => {
      const words = { ...(await translations[code]?.()) } as Readonly<Record<string, string>>;

      expect(Object.keys(words).sort()).toEqual(Object.keys(english).sort());
      for (const [key, text] of Object.entries(english)) {
        expect(places(words[key] ?? ''), key).toEqual(places(text));
      }
    },
  );
});
