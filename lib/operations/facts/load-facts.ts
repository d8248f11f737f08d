/** The facts a policy looks at for an intent, by the console's own records. */
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { factsOf, subjectOf } from '#lib/protocol/facts-of.ts';
import type { Intent } from '#lib/protocol/intent.ts';
import type { PolicyFacts } from '#lib/protocol/policy-facts.ts';
import type { PartyRefusal } from '#lib/protocol/refusals.ts';
import { readFacts } from '#lib/protocol/signed-facts.ts';
import { findShortfall } from '../break-stop.ts';
import type { Trust } from '../trust.ts';
import { newestFacts } from './fact-cache.ts';
import type { HeldRecords } from './held-records.ts';

export type LoadedFacts = { ok: true; facts: PolicyFacts } | { ok: false; refusal: PartyRefusal };

/**
 * @param held what `heldRecords` gave for the same intent.
 * A break that the console has on record counts beside the word about the books, which may be some
 * seconds older: of the two the larger.
 * @returns the refusal where a kept fact is not what its source signed, or a vault is unknown.
 */
export async function loadFacts(
  intent: Intent,
  { trust, held }: { trust: Trust; held: HeldRecords },
  db: Database | Tx,
  now: Date,
): Promise<LoadedFacts> {
  const at = now.toISOString();
  const subject = subjectOf(intent);
  const signed = await newestFacts(db, { policy: trust.policy, subject, now });
  const read = readFacts(signed.slice(0, 16), { policy: trust.policy, subject, now: at });
  if (!read.ok) return read;
  const facts = factsOf(intent, { party: held, known: read.known, now: at });
  if (!facts) return { ok: false, refusal: 'vault-unknown' };
  if (typeof facts.shortfall !== 'string' || facts.asset === null) return { ok: true, facts };
  const own = await findShortfall(facts.asset, db);
  const isMore = own !== null && BigInt(own.units) > BigInt(facts.shortfall);
  return { ok: true, facts: isMore ? { ...facts, shortfall: own.units } : facts };
}
