/** What the pure decision looks at, put together from this party's own stores. Writes nothing. */
import {
  toPlainTransaction,
  type DecodedTransaction,
  type OperationBundle,
} from '#lib/protocol/bundle.ts';
import type { DecideInput } from '#lib/protocol/decide-input.ts';
import { ownFacts } from './own-facts.ts';
import type { Party } from './party.ts';
import type { Trust } from './store/trust.ts';

/** From outside; anything at all. */
export type LooseBundle = { intent?: unknown; statements?: unknown; facts?: unknown };

function policyAtRaise(
  trust: Trust,
  bundle: OperationBundle | null,
): Pick<DecideInput, 'policyAtRaise'> {
  const raise = bundle?.statements.find(({ statement }) => statement.decision === 'raise');
  const version = raise?.statement.policyVersion ?? trust.policy.version;
  const held = trust.policies.find((candidate) => candidate.version === version);
  return held && version < trust.policy.version ? { policyAtRaise: held } : {};
}

/** @param of.bundle what `loose` parses to, or null where it has no form. */
export function decisionInput(
  party: Party,
  trust: Trust,
  of: {
    loose: LooseBundle;
    bundle: OperationBundle | null;
    transaction: DecodedTransaction | null;
    now: Date;
  },
): DecideInput {
  const { loose, bundle } = of;
  const atRaise = policyAtRaise(trust, bundle);
  const policies = [trust.policy, ...(atRaise.policyAtRaise ? [atRaise.policyAtRaise] : [])];
  return {
    intent: loose.intent,
    statements: loose.statements,
    ...(loose.facts === undefined ? {} : { facts: loose.facts }),
    roster: trust.roster,
    policy: trust.policy,
    ...atRaise,
    ...ownFacts(party, bundle, policies),
    transaction: of.transaction === null ? null : toPlainTransaction(of.transaction),
    now: of.now.toISOString(),
  };
}
