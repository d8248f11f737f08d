import type { SnapshotLine } from '#lib/operations/proofs/list-snapshots.ts';
import type { SnapshotView } from '#lib/operations/proofs/view-snapshot.ts';

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

/** A vault in which nothing was ever booked is in no snapshot, so it is not among those counted. */
const signedSentence = (of: Pick<SnapshotLine, 'proved' | 'vaults'>): string =>
  of.vaults === 0
    ? 'No vault held anything.'
    : `Signed by the keys of ${signedWords(of)} that ever held anything.`;

/** What the page says of the newest snapshot. */
export function proofsState(newest: SnapshotLine | undefined, underWay: string | null): string {
  if (underWay !== null) return 'A snapshot is being made. It is here within a minute or so.';
  if (!newest) return 'No snapshot was made yet.';
  const isShort = newest.coverage.some(({ cover }) => cover === 'short');
  const covered = isShort
    ? 'less is there than is owed, by the books'
    : 'all that is owed is there, by the books';
  return `By the newest snapshot ${covered}. ${signedSentence(newest)}`;
}

/** What one snapshot shows: the books say what is there, and signatures show part of it. */
export function snapshotState({
  coverage,
  reserves,
  empty,
}: {
  coverage: readonly Pick<
    SnapshotView['coverage'][number],
    'asset' | 'cover' | 'inVaults' | 'proved'
  >[];
  reserves: readonly Pick<SnapshotView['reserves'][number], 'signature'>[];
  empty: readonly Pick<SnapshotView['empty'][number], 'name'>[];
}): string {
  const isShort = coverage.some(({ cover }) => cover === 'short');
  const signed = reserves.filter(({ signature }) => signature?.verifies === true).length;
  const shown = coverage
    .filter(({ proved }) => proved !== null)
    .map(({ asset, proved, inVaults }) => `${proved} of ${inVaults} ${asset}`);
  return [
    isShort
      ? 'By the books less was there than was owed.'
      : 'By the books all that was owed was there.',
    ...(shown.length === 0 ? [] : [`In vaults, ${shown.join(', ')} proved by signature.`]),
    signedSentence({ proved: signed, vaults: reserves.length }),
    ...empty.map(({ name }) => `${name} held nothing, so there is nothing to prove.`),
  ].join(' ');
}

/** Name under which a client's proof is saved. */
export const proofFileName = (client: string, snapshot: string): string =>
  `proof-${client}-${snapshot}.json`;

/** Topics under which snapshots, and the proofs of control for them, move. */
export const proofTopics = ['proofs', 'operations'] as const;
