/** Words of continuity plans and their tests (DORA Art 11 and 12; RTS risk Art 24 to 26). Pure. */
export const planTypes = {
  continuity: 'Continuity of business',
  response: 'Response and recovery',
  'crisis-communication': 'Crisis communication',
  backup: 'Backup and restore',
} as const;

export const planStates = { draft: 'Draft', approved: 'Approved' } as const;

/** The scenarios of RTS risk Art 26(2), by letter. */
export const scenarios = {
  a: 'Cyber-attack and switchover',
  b: 'A critical function degrades or fails, also by an insolvent provider',
  c: 'Premises or data centre lost',
  d: 'Assets or communication fail',
  e: 'Staff not available',
  f: 'Climate, nature, pandemic, physical attack',
  g: 'Insider',
  h: 'Political instability, also at the provider',
  i: 'Power outage',
} as const;
export type Scenario = keyof typeof scenarios;

export const planTestStates = {
  planned: 'Planned',
  passed: 'Passed',
  partly: 'Passed in part',
  failed: 'Failed',
  cancelled: 'Cancelled',
} as const;
