/** Ids and hashes that bind every message of a share repair to it; see `transcript.ts`. */
import { canonicalize } from '#lib/protocol/intent.ts';
import type { RepairOpening } from '../wire/repair-payloads.ts';
import { taggedHash } from '../wire/tagged-hash.ts';
import type { RepairPackage } from './repair-plan.ts';
import { byMemberIndex, memberParts, type Member } from './transcript.ts';

/**
 * Id under which round 0 travels, before anybody's nonce is known. A party that lost its record too
 * doesn't know the suite yet: that is in the helpers' words, which the id of the repair is made of.
 */
export function repairBaseId(of: {
  key: string;
  epoch: number;
  lost: string;
  /** Helpers and the lost party. */
  participants: readonly Member[];
  /** Digest of the intent of the repair. */
  intentDigest: string;
  /** Digest of the roster in force. */
  rosterDigest: string;
}): string {
  return taggedHash(
    'countersign/repair-base/v2',
    of.key,
    of.epoch,
    of.lost,
    of.intentDigest,
    of.rosterDigest,
    ...memberParts(of.participants),
  );
}

/** Id of the repair proper: the base, and from every participant a fresh nonce and what it said. */
export function repairId(
  baseId: string,
  participants: readonly Member[],
  openings: ReadonlyMap<string, RepairOpening>,
): string {
  const parts = participants.toSorted(byMemberIndex).flatMap(({ name }) => {
    const opening = openings.get(name);
    return [name, opening?.nonce ?? '', opening?.word ? canonicalize(opening.word) : ''];
  });
  return taggedHash('countersign/repair/v1', baseId, ...parts);
}

/** Hash of all packages as one participant saw them; all must arrive at the same. */
export function repairTranscript(
  id: string,
  helpers: readonly Member[],
  packages: ReadonlyMap<string, RepairPackage>,
): string {
  const parts = helpers.toSorted(byMemberIndex).flatMap(({ name }) => {
    const deltas = packages.get(name)?.deltas;
    if (!deltas) throw new Error('A package is missing from the transcript.');
    return [name, String(deltas.length), ...deltas];
  });
  return taggedHash('countersign/repair-transcript/v1', id, ...parts);
}
