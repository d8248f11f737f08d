import type { Context } from '#lib/platform/context.ts';
import { refuse, type Result } from '#lib/platform/result.ts';
import type { Intent } from '#lib/protocol/intent.ts';
import type { PartyRefusal } from '#lib/protocol/refusals.ts';
import { askPolicy, type Allowed } from './ask-policy.ts';
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
): Promise<Result<Allowed, PartyRefusal>> {
  const { missing } = await gatherFacts(intent, [of.trust.policy], context);
  const allowed = await askPolicy(intent, of, context.db, context.clock());
  if (allowed.ok || allowed.refusal.code !== 'fact-missing' || missing.length === 0) return allowed;
  const { code, sentence } = allowed.refusal;
  return refuse(code, `${sentence} ${missingSentence(missing)} Try again in a moment.`);
}
