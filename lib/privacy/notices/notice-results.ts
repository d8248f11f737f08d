/**
 * What became of the notice to one recipient (Article 19 GDPR). Each reason why nobody was told is a whole one, so that no
 * free text about a person stands beside it. The database knows the same names. Pure.
 */
export const noticeResults = {
  told: 'Told',
  'holds-none': 'Not told: it received none of these data',
  gone: 'Impossible: it exists no more, and nobody took its place',
  unreachable: 'Impossible: no way to reach it is known',
  'data-gone': 'Disproportionate: what it received has reached the end of its own period there',
} as const;
export type NoticeResult = keyof typeof noticeResults;
