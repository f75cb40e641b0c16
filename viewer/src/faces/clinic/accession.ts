// No letters or digits that are mistaken for each other when they are typed into an X-ray machine.
const ALPHABET = 'ACDEFHJKLMNPRTUVWXY2345679';

/**
 * Proposes an accession number on the phone, so that the X-ray can be taken while there is no connection.
 * 16 characters would fit (VR SH); eight are quick to type and 26⁷ of them do not meet in one clinic.
 */
export function proposeAccessionNumber(
  random: (bytes: Uint8Array<ArrayBuffer>) => void = fillRandom,
): string {
  const letters: string[] = [];
  const bytes = new Uint8Array(32);
  while (letters.length < 7) {
    random(bytes);
    for (const byte of bytes) {
      // Values past the last whole multiple of the alphabet would favour its first letters.
      if (byte < 234 && letters.length < 7) letters.push(ALPHABET.charAt(byte % ALPHABET.length));
    }
  }
  return `H${letters.join('')}`;
}

function fillRandom(bytes: Uint8Array<ArrayBuffer>): void {
  crypto.getRandomValues(bytes);
}
