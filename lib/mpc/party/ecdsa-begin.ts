/** What the start of a signature is with ECDSA: a party that could not go through with it says so first. */
import { isInteractive } from '#lib/protocol/suites.ts';
import { ECDSA_PARTS_MAX, ECDSA_WORK_MAX, type EcdsaCommitment } from '../wire/ecdsa-rpc.ts';
import { findPairFault, pairsOf } from './pairs.ts';
import { refuse, type Party } from './party.ts';
import type { Prepared } from './signing-begin.ts';
import type { SigningSession } from './signing-session.ts';

const DIGEST_HEX = 64;

/** Why a key that signs with pairs can't sign this with these parties now; null for other suites. */
export function findEcdsaFault(
  party: Party,
  { record, quorum, parts }: Pick<Prepared, 'record' | 'quorum' | 'parts'>,
): ReturnType<typeof refuse> | null {
  if (!isInteractive(record.suite)) return null;
  const peers = quorum.map(({ name }) => name).filter((name) => name !== party.config.name);
  if (parts.length > ECDSA_PARTS_MAX || parts.length * peers.length > ECDSA_WORK_MAX)
    return refuse('too-many-parts');
  if (parts.some(({ bytes, tweak }) => bytes.length !== DIGEST_HEX || tweak !== 'none'))
    return refuse('transaction-malformed');
  const fault = findPairFault(party, record, peers);
  if (!fault) return null;
  return refuse(fault.refusal, fault.refusal === 'pair-banned' ? fault.peer : null);
}

/** Round 1: fresh randomness, and which pairs the party would sign with. Nothing rests on a pair yet. */
export function ecdsaPromise(
  party: Party,
  { nonce, standing, record, quorum }: SigningSession,
): EcdsaCommitment {
  const pairs = pairsOf(party, record)
    .filter(({ peer }) => quorum.some(({ name }) => name === peer))
    .map(({ peer, id }) => ({ peer, id }));
  return { nonce, trust: standing, pairs };
}
