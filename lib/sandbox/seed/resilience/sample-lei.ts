/** The whole text as a number, letters as 10 to 35, modulo 97 (ISO 7064). */
function remainderOf(text: string): number {
  let remainder = 0;
  for (const character of text) {
    const value = Number.parseInt(character, 36);
    remainder = (remainder * (value < 10 ? 10 : 100) + value) % 97;
  }
  return remainder;
}

/**
 * An LEI that is nobody's: no issuer's begin with SAMPLE. Its check digits are right.
 * @param word capital letters and digits, at most twelve; says who it is.
 */
export function sampleLei(word: string): string {
  const base = `SAMPLE${word.padEnd(12, '0')}`;
  return `${base}${String(98 - remainderOf(`${base}00`)).padStart(2, '0')}`;
}
