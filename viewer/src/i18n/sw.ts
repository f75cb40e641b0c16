import type { Catalogue } from './messages';

/** Swahili, the words that all faces share. */
export const sw: Catalogue = {
  unknown: 'haijatajwa',
  close: 'Funga',
  cancel: 'Ghairi',
  dismiss: 'Ondoa',
  required: 'lazima',
  signOut: 'Toka',
  'urgency.EMERGENCY': 'Dharura',
  'urgency.URGENT': 'Haraka',
  'urgency.ROUTINE': 'Kawaida',
  'problem.next': 'La kufanya: {next}',
  'problem.code': 'Msimbo {code}',
  'problem.unexpected': 'Kuna hitilafu kwenye ukurasa huu.',
  'problem.unexpectedNext': 'Pakia ukurasa upya; kilichohifadhiwa kiko salama.',
};
