import { expect, test } from 'vitest';
import { bytesPair, bytesText, durationText, percentText } from '../faces/shared/format';
import { RateMeter, secondsLeft } from './rate';

test('the rate is that of the window, and the rest follows from it', () => {
  const meter = new RateMeter(10_000);
  expect(meter.bytesPerSecond()).toBeNull();

  meter.add(0, 0);
  meter.add(1000, 5000);
  expect(meter.bytesPerSecond()).toBe(5000);

  for (let second = 2; second <= 30; second++) meter.add(second * 1000, 5000 + (second - 1) * 1000);
  expect(meter.bytesPerSecond()).toBe(1000);
  expect(secondsLeft(180_000, meter.bytesPerSecond())).toBe(180);
});

test('a chunk that is sent again starts the measurement anew instead of showing a negative rate', () => {
  const meter = new RateMeter();
  meter.add(0, 0);
  meter.add(2000, 200_000);
  meter.add(3000, 100_000);

  expect(meter.bytesPerSecond()).toBeNull();
  expect(secondsLeft(1, null)).toBeNull();
});

test('numbers for people', () => {
  expect(bytesText(812_345)).toBe('813 kB');
  expect(bytesPair(2_107_000, 4_900_000)).toEqual({ part: '2.1', whole: '4.9 MB' });
  expect(percentText(999, 1000)).toBe('99%');
  expect(percentText(1000, 1000)).toBe('100%');
  expect(durationText(12)).toBe('15 sec');
  expect(durationText(180)).toBe('3 min');
  expect(durationText(2 * 3600 + 300)).toBe('2 hr 5 min');
});
