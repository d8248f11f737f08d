/**
 * What moves the books: deposits are published as `ledger`; holds and withdrawals move together
 * with the state of their operation and are published as `operations`.
 */
export const ledgerTopics = ['ledger', 'operations'] as const;
