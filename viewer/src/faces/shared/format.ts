import { currentLocale } from '../../i18n/messages';

const KILO = 1000;
const MEGA = 1_000_000;
const GIGA = 1_000_000_000;

/** A calendar date `YYYY-MM-DD` in the person's locale; anything else is shown as it came. */
export function dateText(date: string | null | undefined): string {
  if (date === null || date === undefined || date === '') return '';
  const match = /^(\d{4})-?(\d{2})-?(\d{2})$/.exec(date);
  if (match === null) return date;
  const day = new Date(Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])));
  return day.toLocaleDateString(currentLocale(), { dateStyle: 'medium', timeZone: 'UTC' });
}

/** An instant in the person's locale and time zone. */
export function timeText(instant: string | number | null | undefined): string {
  if (instant === null || instant === undefined || instant === '') return '';
  const time = new Date(instant);
  if (Number.isNaN(time.getTime())) return '';
  return time.toLocaleString(currentLocale(), { dateStyle: 'medium', timeStyle: 'short' });
}

/** For lists: the time alone today, the day alone before. */
export function shortTimeText(instant: string, nowMs: number): string {
  const time = new Date(instant);
  if (Number.isNaN(time.getTime())) return '';
  return time.toDateString() === new Date(nowMs).toDateString()
    ? time.toLocaleTimeString(currentLocale(), { timeStyle: 'short' })
    : time.toLocaleDateString(currentLocale(), { dateStyle: 'medium' });
}

/** `20 sec`, `3 min`, `2 h 5 min`, `3 days`, in the person's language. */
export function durationText(seconds: number): string {
  const whole = Math.abs(seconds);
  // In steps of five: nobody needs a figure that trembles.
  if (whole < 55) return unit(Math.max(5, Math.ceil(whole / 5) * 5), 'second');
  const minutes = Math.max(1, Math.round(whole / 60));
  if (minutes < 60) return unit(minutes, 'minute');
  const hours = Math.floor(minutes / 60);
  if (hours < 48) {
    return minutes % 60 === 0
      ? unit(hours, 'hour')
      : `${unit(hours, 'hour')} ${unit(minutes % 60, 'minute')}`;
  }
  return unit(Math.round(hours / 24), 'day');
}

/** `812 kB`, `2.1 MB`, `41.0 GB`. */
export function bytesText(bytes: number): string {
  if (bytes < MEGA) return `${number(Math.ceil(bytes / KILO), 0)} kB`;
  return bytes < GIGA ? `${number(bytes / MEGA, 1)} MB` : `${number(bytes / GIGA, 1)} GB`;
}

/** Both in one unit: `2.1 of 4.9 MB` wants the first without its unit. */
export function bytesPair(part: number, whole: number): { readonly part: string; readonly whole: string } {
  if (whole < MEGA) return { part: number(part / KILO, 0), whole: bytesText(whole) };
  return { part: number(part / (whole < GIGA ? MEGA : GIGA), 1), whole: bytesText(whole) };
}

export function percentText(part: number, whole: number): string {
  const share = whole === 0 ? 1 : Math.min(1, part / whole);
  // Rounded down: 100 % is said only when nothing is missing.
  return (Math.floor(share * 100) / 100).toLocaleString(currentLocale(), { style: 'percent' });
}

/** How much of what is on its way has arrived, for `{percent} ({part} of {whole})`. */
export function shareText(arrived: number, total: number) {
  return { percent: percentText(arrived, total), ...bytesPair(arrived, total) };
}

function unit(value: number, name: 'second' | 'minute' | 'hour' | 'day'): string {
  const unitDisplay = name === 'day' ? 'long' : 'short';
  return value.toLocaleString(currentLocale(), { style: 'unit', unit: name, unitDisplay });
}

function number(value: number, digits: number): string {
  return value.toLocaleString(currentLocale(), {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}
