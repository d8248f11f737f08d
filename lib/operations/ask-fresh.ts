import { operatorNames } from '#lib/persons/operator-names.ts';
import type { Context } from '#lib/platform/context.ts';
import { refuse, type Refused, type Result } from '#lib/platform/result.ts';
import type { Intent } from '#lib/protocol/intent.ts';
import type { PartyRefusal } from '#lib/protocol/refusals.ts';
import { askPolicy, type Allowed } from './ask-policy.ts';
import { findSolo } from './policy/solo-path.ts';
import { gatherFacts, missingSentence } from './sources/gather-facts.ts';
import type { Trust } from './trust.ts';

/**
 * Asks policy with what sources say at this moment. Not inside a transaction: sources are asked over
 * the network.
 */
export async function askFresh(
  intent: Intent,
  of: { trust: Trust; raiser: string },
  context: Context,
): Promise<Result<Allowed, PartyRefusal | 'solo-path'>> {
  const { missing } = await gatherFacts(intent, [of.trust.policy], context);
  const allowed = await askPolicy(intent, of, context.db, context.clock());
  if (allowed.ok) return (await findAlone(intent, of.trust, context)) ?? allowed;
  if (allowed.refusal.code !== 'fact-missing' || missing.length === 0) return allowed;
  const { code, sentence } = allowed.refusal;
  return refuse(code, `${sentence} ${missingSentence(missing)} Try again in a moment.`);
}

/**
 * Whether the change would let one person do alone what takes several. It may take seconds for
 * hundreds of people, so it has no place inside a transaction.
 */
async function findAlone(
  intent: Intent,
  { roster, policy }: Trust,
  { db }: Context,
): Promise<Refused<'solo-path'> | null> {
  if (intent.kind !== 'roster-change' && intent.kind !== 'policy-change') return null;
  const next = intent.kind === 'roster-change' ? intent.roster : roster;
  const nameOf = await operatorNames(db);
  const rules = intent.kind === 'policy-change' ? intent.policy : policy;
  const solo = findSolo(next, rules, nameOf);
  return solo && refuse('solo-path', [solo.sentence, ...solo.steps].join(' '));
}
