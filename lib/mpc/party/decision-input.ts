/** What the pure decision looks at, put together from this party's own stores. Writes nothing. */
import {
  plainTransaction,
  type OperationBundle,
  type PlainTransaction,
} from '#lib/protocol/bundle.ts';
import type { DecideInput } from '#lib/protocol/decide-input.ts';
import type { Group } from '#lib/protocol/roster.ts';
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

/**
 * What a party that was off, or has no network (`docs/cold-vault.md`), takes from the signed word of
 * parties with one, because nobody waits on a machine that is not on.
 */
export type ByWord = {
  /** At a cold party, when the one that sent a request had decided: the age of facts is measured by it. */
  factsAt?: Date;
  /** True once two of them adopted the change, so that its wait was over for both. */
  hasWaited?: boolean;
  /** True once at least one of them adopted it. */
  isAdopted?: boolean;
};

/** Long before anything here: a wait that began then is over. */
const ALWAYS = '1970-01-01T00:00:00.000Z';

function waitsByWord({ intent, statements }: OperationBundle): DecideInput['party']['waits'] {
  const attempt = statements[0]?.statement.attempt ?? 1;
  return [{ operation: intent.operation, attempt, since: ALWAYS }];
}

/** One for each party; what no party is called stands for none, and is refused with the quorum. */
const groupsOf = ({ roster }: Trust, names: readonly string[]): Group[] =>
  roster.parties.filter(({ name }) => names.includes(name)).map(({ group }) => group);

/** What every chain's decoder gives beside its own details is nothing to the decision. */
function plainOf(decoded: PlainTransaction): PlainTransaction {
  const { chain, asset, from, to, amount, feePayer, fee, memo, conflictKey, uses } = decoded;
  const plain = { chain, asset, from, to, amount, feePayer, fee, memo, conflictKey };
  return plainTransaction.parse(uses ? { ...plain, uses } : plain);
}

/** @param of.bundle what `loose` parses to, or null where it has no form. */
export function decisionInput(
  party: Party,
  trust: Trust,
  of: {
    loose: LooseBundle;
    bundle: OperationBundle | null;
    transaction: PlainTransaction | null;
    now: Date;
    byWord?: ByWord | undefined;
    signers?: readonly string[];
  },
): DecideInput {
  const { loose, bundle, byWord = {} } = of;
  const atRaise = policyAtRaise(trust, bundle);
  const policies = [trust.policy, ...(atRaise.policyAtRaise ? [atRaise.policyAtRaise] : [])];
  const held = ownFacts(party, bundle, policies);
  const waits = byWord.hasWaited && bundle ? waitsByWord(bundle) : held.party.waits;
  return {
    intent: loose.intent,
    statements: loose.statements,
    ...(loose.facts === undefined ? {} : { facts: loose.facts }),
    roster: trust.roster,
    policy: trust.policy,
    ...atRaise,
    party: { ...held.party, waits },
    ties: held.ties,
    transaction: of.transaction === null ? null : plainOf(of.transaction),
    now: of.now.toISOString(),
    ...(of.signers ? { signers: groupsOf(trust, of.signers) } : {}),
    ...(byWord.factsAt ? { factsAt: byWord.factsAt.toISOString() } : {}),
    ...(byWord.isAdopted ? { adoptedElsewhere: true as const } : {}),
  };
}
