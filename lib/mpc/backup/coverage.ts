/** Which shares have a backup that could be used today. Pure. */

export type CoveredKey = {
  key: string;
  /** The epoch in force. */
  epoch: number;
  threshold: number;
  parties: readonly string[];
};

/** What coverage needs to know of an archive. */
export type Copy = { key: string; epoch: number; party: string };

export type EpochCoverage = {
  key: string;
  epoch: number;
  /** Parties with a backup of this epoch, in the order of the key's parties. */
  covered: string[];
  missing: string[];
  /** Enough backups to rebuild the key. */
  canRebuild: boolean;
  /** Every party's share is backed up. */
  isComplete: boolean;
};

export type KeyCoverage = EpochCoverage & {
  /** Epochs before the one in force of which backups still lie around: void, and to be destroyed. */
  earlier: number[];
};

const sameKey = (key: CoveredKey, copy: Copy): boolean => copy.key === key.key;

/** Coverage of one epoch of a key. */
export function epochCoverage(
  key: CoveredKey,
  epoch: number,
  copies: readonly Copy[],
): EpochCoverage {
  const has = (party: string): boolean =>
    copies.some((copy) => sameKey(key, copy) && copy.epoch === epoch && copy.party === party);
  const covered = key.parties.filter(has);
  return {
    key: key.key,
    epoch,
    covered,
    missing: key.parties.filter((party) => !has(party)),
    canRebuild: covered.length >= key.threshold,
    isComplete: covered.length === key.parties.length,
  };
}

/**
 * Coverage of each key in its epoch in force. Backups of an earlier epoch don't count: its shares
 * were replaced because they should not be used any more.
 */
export function coverageOf(copies: readonly Copy[], keys: readonly CoveredKey[]): KeyCoverage[] {
  return keys.map((key) => {
    const epochs = copies.filter((copy) => sameKey(key, copy)).map(({ epoch }) => epoch);
    return {
      ...epochCoverage(key, key.epoch, copies),
      earlier: [...new Set(epochs)].filter((epoch) => epoch < key.epoch).toSorted((a, b) => a - b),
    };
  });
}
