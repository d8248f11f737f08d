/** What becomes of places in which values of somebody were found still after their erasure. Pure. */

/** With the article of the GDPR that each rests on. */
export const restWays = {
  cleared: { name: 'Cleared since, and looked for again', article: '17(1)' },
  'not-theirs': { name: 'It says nothing of this person', article: '4(1)' },
  'legal-duty': { name: 'Kept by a legal duty', article: '17(3)(b)' },
  'legal-claims': { name: 'Kept for legal claims', article: '17(3)(e)' },
} as const;
export type RestWay = keyof typeof restWays;
