/** How requests may be asked for in a list. Pure. */
export const standings = {
  open: 'Not answered',
  mine: 'Waiting for you',
  overdue: 'Over the law’s day',
  answered: 'Answered, not closed',
  ended: 'Closed, withdrawn or duplicate',
  all: 'All',
} as const;
export type RequestStanding = keyof typeof standings;
