import type { Catalogue } from './messages';

/** French, the words that all faces share. */
export const fr: Catalogue = {
  unknown: 'non indiqué',
  close: 'Fermer',
  cancel: 'Annuler',
  dismiss: 'Masquer',
  required: 'obligatoire',
  signOut: 'Se déconnecter',
  'urgency.EMERGENCY': 'Urgence vitale',
  'urgency.URGENT': 'Urgent',
  'urgency.ROUTINE': 'Non urgent',
  'problem.next': 'Que faire : {next}',
  'problem.code': 'Code {code}',
  'problem.unexpected': 'Un problème est survenu dans cette page.',
  'problem.unexpectedNext': 'Rechargez la page ; ce qui était enregistré est en sécurité.',
};
