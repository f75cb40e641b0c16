import type { Catalogue } from './messages';

/** Portuguese, the words that all faces share. */
export const pt: Catalogue = {
  unknown: 'não indicado',
  close: 'Fechar',
  cancel: 'Cancelar',
  dismiss: 'Ocultar',
  required: 'obrigatório',
  signOut: 'Sair',
  'urgency.EMERGENCY': 'Emergência',
  'urgency.URGENT': 'Urgente',
  'urgency.ROUTINE': 'Não urgente',
  'problem.next': 'O que fazer: {next}',
  'problem.code': 'Código {code}',
  'problem.unexpected': 'Algo correu mal nesta página.',
  'problem.unexpectedNext': 'Recarregue a página; o que foi guardado está seguro.',
};
