import { expect, test } from 'vitest';
import { insertPhrase, phrasesFor, slashAt } from './phrases';

test('a slash counts only at the beginning of a word', () => {
  expect(slashAt('/fr', 3)).toEqual({ start: 0, typed: 'fr' });
  expect(slashAt('Text /', 6)).toEqual({ start: 5, typed: '' });
  expect(slashAt('and/or', 6)).toBeNull();
  expect(slashAt('1/2 mm', 6)).toBeNull();
});

test('phrases of the section come first and a beginning beats a middle', () => {
  expect(phrasesFor('RADIOLOGY', 'findings', 'frac').map((each) => each.name)).toEqual([
    'fracture',
    'no fracture',
  ]);
  expect(phrasesFor('DERMATOLOGY', 'findings', '').every((each) => each.section === 'findings')).toBe(true);
  expect(phrasesFor('DERMATOLOGY', 'findings', 'pneumothorax')).toEqual([]);
});

test('a phrase takes the place of its slash word and its first blank is chosen', () => {
  const text = 'Before /fra after';
  const slash = slashAt(text, 11);
  const result =
    slash === null ? null : insertPhrase(text, slash, 11, { name: 'fracture', text: 'A ___ fracture.' });

  expect(result).toEqual({ text: 'Before A ___ fracture. after', from: 9, to: 12 });
});
