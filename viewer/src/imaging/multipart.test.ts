import { expect, test } from 'vitest';
import { firstPart } from './multipart';

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (part: { bytes: Uint8Array }) => new TextDecoder().decode(part.bytes);
const type = 'multipart/related; type="image/jpeg"; boundary="b 1"';

test('takes the first part with its type', () => {
  const part = firstPart(type, bytes('--b 1\r\nContent-Type: image/jpeg\r\n\r\nJPEG\r\n--b 1--\r\n'));

  expect(text(part)).toBe('JPEG');
  expect(part.contentType).toBe('image/jpeg');
});

test('a length that is right lets the boundary’s bytes stand inside the part', () => {
  const content = 'J\r\n--b 1EG';
  const body = `--b 1\r\nContent-Length: ${content.length}\r\n\r\n${content}\r\n--b 1--`;

  expect(text(firstPart(type, bytes(body)))).toBe(content);
});

test('a length that is wrong is not believed', () => {
  expect(text(firstPart(type, bytes('--b 1\r\nContent-Length: 99\r\n\r\nJPEG\r\n--b 1--')))).toBe('JPEG');
});

test('a body that is not multipart is its own part', () => {
  expect(text(firstPart('image/jpeg', bytes('JPEG')))).toBe('JPEG');
});

test('a body cut short is refused', () => {
  expect(() => firstPart(type, bytes('--b 1\r\nContent-Type: image/jpeg\r\n\r\nJP'))).toThrow(/ends before/);
  expect(() => firstPart(type, bytes('nonsense'))).toThrow(/not the multipart/);
});
