/** Lists of holds that a page offers. Pure, for screens too. */
export const holdLists = {
  standing: 'Standing',
  overdue: 'Review overdue',
  lifted: 'Lifted',
  all: 'All',
} as const;
export type HoldList = keyof typeof holdLists;
