import type { SnapshotLine } from '#lib/operations/proofs/list-snapshots.ts';

/** How a snapshot's assets stand, each word with what it means. */
export const coverWords: Readonly<Record<'equal' | 'short' | 'over', string>> = {
  equal: 'Equal: all that is owed is there, and no more',
  short: 'Short: less is there than is owed',
  over: 'Over: more is there than is owed',
};

/** "2 of 3 vaults have signed". */
export const signedWords = ({
  proved,
  vaults,
}: Pick<SnapshotLine, 'proved' | 'vaults'>): string => {
  if (vaults === 0) return 'no vault';
  return `${proved} of ${vaults} ${vaults === 1 ? 'vault' : 'vaults'}`;
};

/** What the page says of the newest snapshot. */
export function proofsState(newest: SnapshotLine | undefined, underWay: string | null): string {
  if (underWay !== null) return 'A snapshot is being made. It is here within a minute or so.';
  if (!newest) return 'No snapshot was made yet.';
  const isShort = newest.coverage.some(({ cover }) => cover === 'short');
  const covered = isShort ? 'less is there than is owed' : 'all that is owed is there';
  return `By the newest snapshot ${covered}; the keys of ${signedWords(newest)} have signed it.`;
}

/** Topics under which snapshots, and the proofs of control for them, move. */
export const proofTopics = ['proofs', 'operations'] as const;
