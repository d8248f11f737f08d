/**
 * Every limit of Delegated Regulation (EU) 2024/1772 that decides whether an incident is major, with its article and
 * with how it is compared. When the law changes, it changes here and nowhere else. Pure data and its comparison.
 */

/**
 * How a figure is held against its limit. The first three say the same and stand apart because the worksheet speaks
 * as the article does: what is exactly at the limit does not meet it. `at least` does.
 */
export type Comparison = 'higher than' | 'longer than' | 'exceeds' | 'at least';

export type Threshold = {
  /** Article of 2024/1772. */
  article: string;
  compare: Comparison;
  /** In `unit`; whole. */
  limit: number;
  unit:
    | '% of the total'
    | '% of the daily average'
    | 'number'
    | 'minutes'
    | 'EUR'
    | 'Member States'
    | 'thresholds';
};

export const thresholds = {
  clientsShare: { article: '9(1)(a)', compare: 'higher than', limit: 10, unit: '% of the total' },
  clientsNumber: { article: '9(1)(b)', compare: 'higher than', limit: 100_000, unit: 'number' },
  counterpartsShare: {
    article: '9(1)(c)',
    compare: 'higher than',
    limit: 30,
    unit: '% of the total',
  },
  transactionsNumber: {
    article: '9(1)(d)',
    compare: 'higher than',
    limit: 10,
    unit: '% of the daily average',
  },
  transactionsValue: {
    article: '9(1)(e)',
    compare: 'higher than',
    limit: 10,
    unit: '% of the daily average',
  },
  duration: { article: '9(3)(a)', compare: 'longer than', limit: 24 * 60, unit: 'minutes' },
  downtime: { article: '9(3)(b)', compare: 'longer than', limit: 2 * 60, unit: 'minutes' },
  memberStates: { article: '9(4)', compare: 'at least', limit: 2, unit: 'Member States' },
  costs: { article: '9(6)', compare: 'exceeds', limit: 100_000, unit: 'EUR' },
  /** Of the thresholds other than 9(5)(b), where critical services are affected. */
  others: { article: '8(1)(b)', compare: 'at least', limit: 2, unit: 'thresholds' },
} as const satisfies Record<string, Threshold>;

/** When incidents that are not major one by one count as one (Art 8(2)). */
export const recurrence = {
  article: '8(2)',
  /** Calendar months from the first to the last of them. */
  months: 6,
  atLeast: 2,
} as const;

/** What can happen to data (Art 5), in the order and with the names of the report's field 3.20. */
export const dataImpacts = [
  'availability',
  'authenticity',
  'integrity',
  'confidentiality',
] as const;
export type DataImpact = (typeof dataImpacts)[number];

/** Names these rules in every assessment that is kept; whoever changes one of them counts it up. */
export const rulesVersion = 'eu-2024-1772/1';

/** Says whether a figure meets a limit; both in the same units. */
export function meetsLimit(figure: bigint, compare: Comparison, limit: bigint): boolean {
  switch (compare) {
    case 'higher than':
    case 'longer than':
    case 'exceeds':
      return figure > limit;
    case 'at least':
      return figure >= limit;
  }
}
