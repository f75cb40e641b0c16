import type { Catalogue } from './messages';

/** Spanish, the words that all faces share. */
export const es: Catalogue = {
  unknown: 'sin indicar',
  close: 'Cerrar',
  cancel: 'Cancelar',
  dismiss: 'Ocultar',
  required: 'obligatorio',
  signOut: 'Cerrar sesión',
  'urgency.EMERGENCY': 'Emergencia',
  'urgency.URGENT': 'Urgente',
  'urgency.ROUTINE': 'No urgente',
  'problem.next': 'Qué hacer: {next}',
  'problem.code': 'Código {code}',
  'problem.unexpected': 'Algo salió mal en esta página.',
  'problem.unexpectedNext': 'Vuelva a cargar la página; lo guardado está a salvo.',
};
