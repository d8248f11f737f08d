import type { FactSource, Policy } from '#lib/protocol/policy.ts';
import { readFacts, type FactSubject, type SignedFact } from '#lib/protocol/signed-facts.ts';
import type { SourceFault } from './source.ts';

export type Expected = { source: FactSource; policy: Policy; subject: FactSubject; now: Date };

/** What of the subject the source's kind of fact is about. */
function isAbout({ fact }: SignedFact, { asset, client, destination }: FactSubject): boolean {
  switch (fact.fact) {
    case 'price':
    case 'books':
      return fact.asset === asset;
    case 'risk':
      return fact.chain === destination?.chain && fact.address === destination.address;
    case 'standing':
      return fact.client === client;
  }
}

/** Why a word does not count as the one that was asked for, by the policy's own check; null when it does. */
export function findFactFault(
  signed: SignedFact,
  { source, policy, subject, now }: Expected,
): SourceFault | null {
  const { fact } = signed;
  if (fact.source !== source.name || fact.fact !== source.fact) return 'source-unauthentic';
  const read = readFacts([signed], { policy, subject, now: now.toISOString() });
  if (!read.ok)
    return read.refusal === 'fact-from-the-future' ? 'source-stale' : 'source-unauthentic';
  if (!isAbout(signed, subject)) return 'source-unauthentic';
  return read.known[source.fact] === null ? 'source-stale' : null;
}
