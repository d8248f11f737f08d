import type { Actor } from '#lib/identity/actor.ts';
import { refuse, type Refused } from '#lib/platform/result.ts';
import { intentKind } from '#lib/protocol/intent-kinds.ts';
import { onlyTheChain } from './after-share.ts';
import { kindFacts } from './kinds.ts';
import { lacksRaiseScope } from './raise-scope.ts';
import { isSpent, mayStillConfirm } from './transaction-phases.ts';

export type RetryRefusal =
  | 'not-allowed'
  | 'operation-not-held'
  | 'only-raiser-retries'
  | 'operation-expired'
  | 'transaction-spent';

type Held = {
  kind: string;
  state: string;
  raisedBy: string;
  expiresAt: Date;
  transactions: readonly { phase: string }[];
};

/** Why this person may not start a new attempt of the operation, or null when they may. Pure. */
export function findRetryRefusal(
  row: Held,
  person: Pick<Actor, 'personId' | 'scopes'>,
  now: Date,
): Refused<RetryRefusal> | null {
  if (row.state !== 'held')
    return refuse('operation-not-held', 'Only a held operation starts a new attempt.');
  if (row.raisedBy !== person.personId)
    return refuse(
      'only-raiser-retries',
      'Only the person who raised this operation starts a new attempt.',
    );
  const kind = intentKind.parse(row.kind);
  const refused = lacksRaiseScope(person, kind);
  if (refused) return refused;
  const { noun } = kindFacts[kind];
  if (row.transactions.some(isSpent))
    return refuse(
      'transaction-spent',
      `What this ${noun} was tied to on the chain is used up, so the parties will never sign for it again. Cancel it, and raise a new one if it is still wanted.`,
    );
  if (now < row.expiresAt) return null;
  return refuse(
    'operation-expired',
    row.transactions.some(mayStillConfirm)
      ? `A signature for this ${noun} may already exist. ${onlyTheChain} Another ${noun} in its place could pay twice.`
      : `This ${noun} has expired. Raise a new one if it is still wanted.`,
  );
}
