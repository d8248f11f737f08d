/** Account numbers as ISO 13616 has them: country, two check digits, the account. Pure. */

/** Length by country for the SEPA area; elsewhere only the check digits are known here. */
const lengths: Readonly<Record<string, number>> = {
  AD: 24,
  AT: 20,
  BE: 16,
  BG: 22,
  CH: 21,
  CY: 28,
  CZ: 24,
  DE: 22,
  DK: 18,
  EE: 20,
  ES: 24,
  FI: 18,
  FR: 27,
  GB: 22,
  GI: 23,
  GR: 27,
  HR: 21,
  HU: 28,
  IE: 22,
  IS: 26,
  IT: 27,
  LI: 21,
  LT: 20,
  LU: 20,
  LV: 21,
  MC: 27,
  MT: 31,
  NL: 18,
  NO: 15,
  PL: 28,
  PT: 25,
  RO: 24,
  SE: 24,
  SI: 19,
  SK: 24,
  SM: 27,
  VA: 22,
};

const shape = /^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$/;

/**
 * True for an IBAN written without blanks whose check digits agree (ISO 7064, remainder 1 by 97).
 * Whether there is such an account, nobody can tell from it.
 */
export function isIban(text: string): boolean {
  if (!shape.test(text)) return false;
  const length = lengths[text.slice(0, 2)];
  if (length !== undefined && text.length !== length) return false;
  return remainder(text.slice(4) + text.slice(0, 4)) === 1;
}

/** Letters stand for 10 to 35. Taken by 97 on the way, so that no number grows large. */
function remainder(text: string): number {
  let rest = 0;
  for (const character of text) {
    const value = Number.parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest;
}

/** In groups of four, as it is printed. */
export const shownIban = (iban: string): string => iban.replaceAll(/(.{4})(?=.)/gu, '$1 ');
