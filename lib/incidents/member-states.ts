/**
 * The Member States an incident can reach. Regulation 2022/2554 is a text with relevance for the EEA, so Iceland,
 * Liechtenstein and Norway count as Member States like the 27 of the Union. Pure.
 */

/** ISO 3166 alpha-2 code and English name of each, in the order of the codes. */
export const memberStates = {
  AT: 'Austria',
  BE: 'Belgium',
  BG: 'Bulgaria',
  CY: 'Cyprus',
  CZ: 'Czechia',
  DE: 'Germany',
  DK: 'Denmark',
  EE: 'Estonia',
  ES: 'Spain',
  FI: 'Finland',
  FR: 'France',
  GR: 'Greece',
  HR: 'Croatia',
  HU: 'Hungary',
  IE: 'Ireland',
  IS: 'Iceland',
  IT: 'Italy',
  LI: 'Liechtenstein',
  LT: 'Lithuania',
  LU: 'Luxembourg',
  LV: 'Latvia',
  MT: 'Malta',
  NL: 'Netherlands',
  NO: 'Norway',
  PL: 'Poland',
  PT: 'Portugal',
  RO: 'Romania',
  SE: 'Sweden',
  SI: 'Slovenia',
  SK: 'Slovakia',
} as const;

export type MemberState = keyof typeof memberStates;

/**
 * Reads a Member State's code: small letters and spaces around it are forgiven, and EL, as the Union's own texts
 * write Greece, is GR.
 * @returns the ISO code, or null for what is no Member State.
 */
export function readMemberState(text: string): MemberState | null {
  const code = text.trim().toUpperCase();
  const iso = code === 'EL' ? 'GR' : code;
  return Object.hasOwn(memberStates, iso) ? (iso as MemberState) : null;
}
