import type { Catalogue } from './messages';

/** Swedish, the words that all faces share. */
export const sv: Catalogue = {
  unknown: 'ej angivet',
  close: 'Stäng',
  cancel: 'Avbryt',
  dismiss: 'Dölj',
  required: 'obligatoriskt',
  signOut: 'Logga ut',
  'urgency.EMERGENCY': 'Akut',
  'urgency.URGENT': 'Brådskande',
  'urgency.ROUTINE': 'Rutin',
  'problem.next': 'Gör så här: {next}',
  'problem.code': 'Kod {code}',
  'problem.unexpected': 'Något gick fel på sidan.',
  'problem.unexpectedNext': 'Ladda om sidan; det som sparats är i säkert förvar.',
};
