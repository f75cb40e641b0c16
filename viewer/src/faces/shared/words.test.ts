import { expect, test } from 'vitest';
import { chosenLanguage, wordsFrom } from './words';

test('the language is the choice made here, else the first that both sides speak', () => {
  expect(chosenLanguage(null, ['de-DE', 'pt-BR', 'en'])).toBe('pt');
  expect(chosenLanguage('sw', ['en'])).toBe('sw');
  expect(chosenLanguage('xx', ['ja'])).toBe('en');
});

test('words are filled in as text and counted by the rules of the language', () => {
  const words = wordsFrom(
    { hello: 'Hello {name}', 'file.one': '{count} file', 'file.other': '{count} files' },
    'en',
  );

  expect(words.t('hello', { name: '{count} <b>' })).toBe('Hello {count} <b>');
  expect(words.plural('file', 1)).toBe('1 file');
  expect(words.plural('file', 2)).toBe('2 files');
  expect(words.of('state', 'NEW')).toBe('NEW');
});
