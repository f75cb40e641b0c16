import { loadWords, type Translations, type Words, wordsFrom } from '../shared/words';
import { commonEnglish } from '../shared/words-common';

export const en = {
  ...commonEnglish,
  title: 'Reports',
  allReports: 'All reports',
  none: 'No reports yet. They appear here as soon as a specialist has signed one.',
  unread: 'New',
  read: 'Read, not acknowledged',
  acknowledged: 'Acknowledged',
  more: 'Show older reports',
  notForYou: 'This page is for referring physicians.',
  signIn: 'Sign in',
  'waiting.one': '{count} report waits to be acknowledged',
  'waiting.other': '{count} reports wait to be acknowledged',
  letter: 'Report {number}',
  patient: 'Patient',
  born: 'born {date}',
  from: 'From',
  examined: 'Body part',
  question: 'Question',
  history: 'History',
  delivered: 'Delivered',
  openPdf: 'Open PDF',
  downloadPdf: 'Save PDF',
  print: 'Print',
  acknowledgeTitle: 'Acknowledge',
  acknowledgeHint: 'Confirms to the specialist and the clinic that you have seen this report.',
  comment: 'Comment',
  commentHint: 'Optional. The clinic and the specialist see it.',
  acknowledge: 'Acknowledge this report',
  acknowledgedAt: 'You acknowledged this report on {time}.',
  unnamed: 'No name given',
} as const;

export type Key = keyof typeof en;

const translations: Translations<Key> = {};

/** Replaced before the first page is drawn. */
export let words: Words<Key> = wordsFrom<Key>(en, 'en');

export async function loadInboxWords(): Promise<void> {
  words = await loadWords<Key>(en, translations);
}
