/** The kinds of drills that the console runs, and how often each is due. Pure; a change of a limit is a change of a line. */

export type DrillKind = 'restore' | 'signer-loss' | 'console-loss';
export type DrillOutcome = 'passed' | 'failed';

export type DrillRules = {
  title: string;
  /** What it is asked by. */
  article: string;
  /**
   * Days after a drill in which the next one has to have passed. House values: DORA asks for tests of backup and
   * restore "periodically" (12(2)) and of continuity plans at least yearly (11(6)(a)).
   */
  everyDays: number;
  /** How grave it is for a custodian where it is missing or failed. */
  severity: 'high' | 'medium';
  command: string;
  /** In a sandbox only: in production people hold it by hand and record it as a test of a plan that names it. */
  sandboxOnly: boolean;
};

export const drillKinds: Readonly<Record<DrillKind, DrillRules>> = {
  restore: {
    title: 'Restore of the database',
    article: 'DORA 12(2), 12(6), 12(7)',
    everyDays: 31,
    severity: 'high',
    command: 'npm run drill:restore',
    sandboxOnly: false,
  },
  'signer-loss': {
    title: 'Loss of a signing party',
    article: 'DORA 11(6)(a); RTS risk 26(2)(b), (d)',
    everyDays: 92,
    severity: 'high',
    command: 'npm run drill:signer-loss',
    sandboxOnly: true,
  },
  'console-loss': {
    title: 'Loss of the console',
    article: 'DORA 11(6)(a); RTS risk 26(2)(b), (d)',
    everyDays: 92,
    severity: 'medium',
    command: 'npm run drill:console-loss',
    sandboxOnly: true,
  },
};

export const drillKindNames = Object.keys(drillKinds) as DrillKind[];

/** Those that people hold by hand, with their titles. */
export const handDrills = {
  'signer-loss': drillKinds['signer-loss'].title,
  'console-loss': drillKinds['console-loss'].title,
} as const;

export const isDrillKind = (text: string): text is DrillKind => Object.hasOwn(drillKinds, text);
