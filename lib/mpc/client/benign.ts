/** Which refusals are nobody's fault: a party was away or restarted, and a repeat is safe. */

const absences: ReadonlySet<string> = new Set(['party-unreachable', 'party-timeout']);

const interruptions: ReadonlySet<string> = new Set([
  'session-unknown',
  'session-out-of-step',
  'too-many-sessions',
  'trust-changed',
  // One party adopted a version that the other is about to adopt.
  'trust-heads-differ',
  // The parties bring each other up to date by themselves.
  'peer-word-missing',
  'peer-heads-differ',
  'ceremony-unknown',
  'ceremony-out-of-step',
  'pair-unknown',
  'pair-out-of-step',
  // One side kept the pair and the other did not: it is set up again.
  'pair-differs',
  'refresh-unknown',
  'refresh-out-of-step',
  'backup-unready',
  'backup-unknown',
  'repair-unknown',
  'repair-out-of-step',
  // All confirmed the next epoch before, and the next try puts it in force.
  'refresh-unfinished',
  // One party signs with the next epoch of a key already, the other will in a moment.
  'envelope-wrong-epoch',
  'internal-fault',
]);

const waits: ReadonlySet<string> = new Set(['delay-running', 'time-lock-running']);

const ofPeers: ReadonlySet<string> = new Set(['peer-word-missing', 'peer-heads-differ']);

/** The party has not heard yet that another one holds the same: in a moment it will have. */
export const isOfPeers = (refusal: string): boolean => ofPeers.has(refusal);

/** The party could not be asked. */
export const isAbsence = (refusal: string): boolean => absences.has(refusal);

/** The party lost or closed what was in progress; beginning again is what helps. */
export const isInterruption = (refusal: string): boolean => interruptions.has(refusal);

/** Policy makes it wait: it goes on by itself, and asking sooner changes nothing. */
export const isWaiting = (refusal: string): boolean => waits.has(refusal);

/** True for what is tried again under the same statements, false for a refusal that people must see. */
export const isBenign = (refusal: string): boolean =>
  isAbsence(refusal) || isInterruption(refusal) || isWaiting(refusal);
