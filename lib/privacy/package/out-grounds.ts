/** On what a text stays out of a copy. Pure, for screens too. */

/**
 * Why a text stays out. What the rights of others keep out is told to the person, with its article; what law forbids to
 * tell is told to nobody, since that alone would tip off.
 */
export const outGrounds = {
  'others-rights': 'It would harm rights of others (Art 15(4)); the person is told so',
  unrelated: 'It says nothing of the person',
  'restricted-by-law': 'Law forbids to tell of it (Art 23); the person is told nothing',
} as const;
export type OutGround = keyof typeof outGrounds;
