import { currentLocale, t } from './messages';

const MINUTE = 60_000;

/** A calendar date (`YYYY-MM-DD` or DICOM `YYYYMMDD`) in the person's locale; unknown stays visible as such. */
export function dateText(date: string | null | undefined): string {
  const match = /^(\d{4})-?(\d{2})-?(\d{2})$/.exec(date ?? '');
  if (match === null) return date === null || date === undefined || date === '' ? t('unknown') : date;
  const day = new Date(Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])));
  return day.toLocaleDateString(currentLocale(), { dateStyle: 'medium', timeZone: 'UTC' });
}

export function timeText(instant: string | null): string {
  if (instant === null) return '';
  const time = new Date(instant);
  if (Number.isNaN(time.getTime())) return '';
  return time.toLocaleString(currentLocale(), { dateStyle: 'medium', timeStyle: 'short' });
}

/** How long until (or since) an instant, short: `3 h 20 min`, `2 d 4 h`. */
export function durationText(millis: number): string {
  const minutes = Math.floor(Math.abs(millis) / MINUTE);
  if (minutes < 60) return t('duration.minutes', { minutes });
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return t('duration.hours', { hours, minutes: minutes % 60 });
  return t('duration.days', { days: Math.floor(hours / 24), hours: hours % 24 });
}

/** Time left on a deadline in words, as of `now`. */
export function deadlineText(deadlineAt: string | null, clockPaused: boolean, now: number): string {
  if (clockPaused) return t('deadline.paused');
  if (deadlineAt === null) return t('deadline.none');
  const left = Date.parse(deadlineAt) - now;
  if (Number.isNaN(left)) return t('deadline.none');
  return left >= 0
    ? t('deadline.left', { time: durationText(left) })
    : t('deadline.over', { time: durationText(left) });
}

/** Bytes for people: `812 kB`, `2.1 MB`. */
export function bytesText(bytes: number): string {
  const format = (value: number, digits: number) =>
    value.toLocaleString(currentLocale(), { maximumFractionDigits: digits });
  return bytes < 1_000_000 ? `${format(bytes / 1000, 0)} kB` : `${format(bytes / 1_000_000, 1)} MB`;
}
