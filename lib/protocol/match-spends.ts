/** What left already, by the party's own count, against the bounds of a policy. */
import type { DecideInput } from './decide-input.ts';
import type { MovingIntent } from './intent.ts';
import type { SpendScope } from './policy-facts.ts';
import type { Policy } from './policy.ts';
import type { PartyRefusal } from './refusals.ts';

/** What left in the last 24 hours, this operation included, against a bound. */
export function findBreach(
  intent: MovingIntent,
  spent: DecideInput['party']['spent'],
  of: { scope: SpendScope; bound: string; refusal: PartyRefusal },
): PartyRefusal | null {
  const known = spent.find(({ scope, hours }) => scope === of.scope && hours === 24);
  if (!known) return 'fact-missing';
  return BigInt(known.amount) + BigInt(intent.amount) > BigInt(of.bound) ? of.refusal : null;
}

/** What one key may let go in a day until the code that signs with it was audited from outside. */
export function findKeyCapRefusal(
  intent: MovingIntent,
  { party }: DecideInput,
  policy: Policy,
): PartyRefusal | null {
  const cap = policy.keyCaps?.find(({ asset }) => asset === intent.asset);
  if (!cap || policy.audit) return null;
  const refusal = 'key-cap-exceeded';
  return findBreach(intent, party.spent, { scope: 'vault', bound: cap.perDay, refusal });
}
