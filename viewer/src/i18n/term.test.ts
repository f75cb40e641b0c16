import { expect, test } from 'vitest';
import { termText } from './term';

test('a coded word is read as words, anything else stays as it is', () => {
  expect(termText('CLOSE_UP')).toBe('Close up');
  expect(termText('FOREARM')).toBe('Forearm');
  expect(termText('1.2')).toBe('1.2');
  expect(termText('Left arm')).toBe('Left arm');
});
