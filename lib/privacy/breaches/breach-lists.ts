/** How breaches may be asked for in the register. Pure, for screens too. */
export const breachLists = {
  open: 'Open',
  overdue: 'Over the 72 hours',
  lying: 'Suspected for too long',
  closed: 'Closed',
  'not-a-breach': 'No breach',
  all: 'All',
} as const;
export type BreachList = keyof typeof breachLists;
