import type { SnapshotLine } from '#lib/operations/proofs/list-snapshots.ts';
import type { SnapshotView } from '#lib/operations/proofs/view-snapshot.ts';

/** How a snapshot's assets stand, each word with what it means. */
export const coverWords: Readonly<Record<'equal' | 'short' | 'over', string>> = {
  equal: 'Equal: all that is owed is there, and no more',
  short: 'Short: less is there than is owed',
  over: 'Over: more is there than is owed',
};

/** "1 of 2 vaults". */
const vaultsOf = (of: number, all: number): string =>
  `${of} of ${all} ${all === 1 ? 'vault' : 'vaults'}`;

/** Vaults named one by one; of more only how many there are. */
const namedMax = 2;

/** Whose keys have signed: how many of how many, the names of those that have not, and how many more have not. */
export function provedWords({
  proved,
  vaults,
  unproved,
}: Pick<SnapshotLine, 'proved' | 'vaults' | 'unproved'>): {
  proved: string;
  missing: SnapshotLine['unproved'];
  more: string | null;
} {
  const rest = unproved.length - namedMax;
  return {
    proved: vaults === 0 ? 'No vault held anything' : `${vaultsOf(proved, vaults)} proved`,
    missing: unproved.slice(0, namedMax),
    more: rest > 0 ? `${rest} more` : null,
  };
}

/** A vault in which nothing was ever booked is in no snapshot, so it is not among those counted. */
function signedSentence(proved: number, names: readonly string[]): string {
  const all = proved + names.length;
  if (all === 0) return 'No vault held anything.';
  const shown = names.slice(0, namedMax);
  const more = names.length > namedMax ? [`${names.length - namedMax} more`] : [];
  const missing = [...shown, ...more].join(', ');
  const signed = `Signed by the keys of ${vaultsOf(proved, all)} that ever held anything`;
  return missing === '' ? `${signed}.` : `${signed}; not yet by ${missing}.`;
}

/** What the page says of the newest snapshot. */
export function proofsState(newest: SnapshotLine | undefined, underWay: string | null): string {
  if (underWay !== null) return 'A snapshot is being made. It is here within a minute or so.';
  if (!newest) return 'No snapshot was made yet.';
  const isShort = newest.coverage.some(({ cover }) => cover === 'short');
  const covered = isShort
    ? 'less is there than is owed, by the books'
    : 'all that is owed is there, by the books';
  return `By the newest snapshot ${covered}. ${signedSentence(
    newest.proved,
    newest.unproved.map(({ name }) => name),
  )}`;
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
  reserves: readonly Pick<SnapshotView['reserves'][number], 'name' | 'signature'>[];
  empty: readonly Pick<SnapshotView['empty'][number], 'name'>[];
}): string {
  const isShort = coverage.some(({ cover }) => cover === 'short');
  const unsigned = reserves.filter(({ signature }) => signature?.verifies !== true);
  const shown = coverage
    .filter(({ proved }) => proved !== null)
    .map(({ asset, proved, inVaults }) => `${proved} of ${inVaults} ${asset}`);
  return [
    isShort
      ? 'By the books less was there than was owed.'
      : 'By the books all that was owed was there.',
    ...(shown.length === 0 ? [] : [`In vaults, ${shown.join(', ')} proved by signature.`]),
    signedSentence(
      reserves.length - unsigned.length,
      unsigned.map(({ name }) => name),
    ),
    ...empty.map(({ name }) => `${name} held nothing, so there is nothing to prove.`),
  ].join(' ');
}

/** Name under which a client's proof is saved. */
export const proofFileName = (client: string, snapshot: string): string =>
  `proof-${client}-${snapshot}.json`;

/** Topics under which snapshots, and the proofs of control for them, move. */
export const proofTopics = ['proofs', 'operations'] as const;
