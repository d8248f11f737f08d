/**
 * The client registers and the life of what stands in them. One mechanism for all: a case is opened
 * once and never changed, and everything that happens to it later is a step of its own. The database
 * holds the same table (`register_step_may_follow`). Pure.
 */
export const registers = [
  'agreement',
  'complaint',
  'policy-request',
  'rights-event',
  'return',
  'loss',
  'sub-custodian',
] as const;
export type Register = (typeof registers)[number];

/** What the numbers of its cases begin with. */
export const numberPrefix: Readonly<Record<Register, string>> = {
  agreement: 'AG',
  complaint: 'CO',
  'policy-request': 'PR',
  'rights-event': 'RE',
  return: 'RT',
  // Not LC, which is what corrections of the books are numbered.
  loss: 'LS',
  'sub-custodian': 'SC',
};

/** The step before any other: the case as it was opened. */
export const opened = 'opened';

type Steps = Readonly<Record<string, readonly string[]>>;

/** Each step, and after which ones it may come. */
export const stepsOf: Readonly<Record<Register, Steps>> = {
  agreement: { ended: [opened] },
  complaint: {
    acknowledged: [opened],
    delayed: ['acknowledged', 'delayed'],
    decided: ['acknowledged', 'delayed'],
  },
  'policy-request': { sent: [opened] },
  'rights-event': {
    computed: [opened],
    approved: ['computed'],
    completed: ['approved'],
    dropped: [opened, 'computed'],
  },
  return: {
    linked: [opened, 'linked'],
    returned: ['linked'],
    withdrawn: [opened, 'linked'],
  },
  loss: {
    shared: [opened],
    proposed: ['shared', 'declined'],
    declined: ['proposed'],
    accepted: ['proposed'],
    settled: ['accepted'],
  },
  'sub-custodian': {
    informed: [opened, 'informed', 'checked'],
    checked: [opened, 'informed', 'checked'],
    ended: [opened, 'informed', 'checked'],
  },
};

/** Steps after which nothing is left to do. */
export const endsOf: Readonly<Record<Register, readonly string[]>> = {
  agreement: ['ended'],
  complaint: ['decided'],
  'policy-request': ['sent'],
  'rights-event': ['completed', 'dropped'],
  return: ['returned', 'withdrawn'],
  loss: ['settled'],
  'sub-custodian': ['ended'],
};

type Other = 'opener' | 'last' | 'both';
/**
 * Steps that need another person: than who opened the case, than who took the step before, or than both.
 * Where no step was taken yet there is nobody to be another than.
 */
export const secondPerson: Readonly<Partial<Record<Register, Record<string, Other>>>> = {
  complaint: { decided: 'opener' },
  'rights-event': { approved: 'both', dropped: 'last' },
  loss: { accepted: 'last', declined: 'last' },
};

export type Taken = { step: string; actor: string };
export type StepFault = 'not-now' | 'same-person';

/** Why a step may not be taken now by this person; null when it may. */
export function findStepFault(
  register: Register,
  { opener, taken }: { opener: string; taken: readonly Taken[] },
  next: Taken,
): StepFault | null {
  const last = taken.at(-1);
  const steps = stepsOf[register];
  const after = Object.hasOwn(steps, next.step) ? steps[next.step] : undefined;
  if (!after?.includes(last?.step ?? opened)) return 'not-now';
  const other = secondPerson[register]?.[next.step];
  const asOpener = other !== 'last' && opener === next.actor;
  const asLast = other !== 'opener' && last?.actor === next.actor;
  return other !== undefined && (asOpener || asLast) ? 'same-person' : null;
}

/** Where a case stands: its last step, or `opened`. */
export const standingOf = (taken: readonly Pick<Taken, 'step'>[]): string =>
  taken.at(-1)?.step ?? opened;
