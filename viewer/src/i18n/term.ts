/** A coded word of ours or of DICOM as people read it: CLOSE_UP becomes "Close up". */
export function termText(term: string): string {
  if (!/^[A-Z][A-Z_ ]+$/.test(term)) return term;
  const words = term.replaceAll('_', ' ').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
