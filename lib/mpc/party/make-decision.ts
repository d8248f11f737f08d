/**
 * Puts together what the pure decision looks at, from this party's own stores, and asks it. A "no"
 * that people stated is kept, so that withholding it later changes nothing.
 */
import {
  operationBundle,
  toPlainTransaction,
  type DecodedTransaction,
  type OperationBundle,
} from '#lib/protocol/bundle.ts';
import { decide, countersOf } from '#lib/protocol/decide.ts';
import type { DecideInput } from '#lib/protocol/decide-input.ts';
import { intentDigest } from '#lib/protocol/intent.ts';
import { findDestination } from './store/destinations.ts';
import {
  challengeAt,
  endAttempt,
  findOperation,
  noteCounter,
  noteOperation,
  tiesOf,
} from './store/operations.ts';
import type { Trust } from './store/trust.ts';
import { answer, keysOf, note, noteRefusal, refuse, type Answer, type Party } from './party.ts';
import { raiseRecordMark } from './marks.ts';
import { dropRejected } from './ceremony-session.ts';
import { closeRejected } from './signing-session.ts';
import { vaultAddress } from './vault-address.ts';

/** From outside; anything at all. */
export type LooseBundle = { intent?: unknown; statements?: unknown };

export type Decided = { bundle: OperationBundle; digest: string; attempt: number };

function ownFacts(
  party: Party,
  bundle: OperationBundle | null,
): Pick<DecideInput, 'party' | 'ties'> {
  const intent = bundle?.intent ?? null;
  const operation = intent ? findOperation(party.database, intent.operation) : null;
  const keys = keysOf(party).filter((record) => record.state === 'usable');
  const destinationId =
    intent?.kind === 'withdrawal' || intent?.kind === 'destination-listing'
      ? intent.destination.id
      : null;
  const listed =
    destinationId === null ? null : findDestination(party.database, party.kek, destinationId);
  // An attempt is over once someone said no to it, and once a later one was decided.
  const ended = Math.max(operation?.endedAttempt ?? 0, (operation?.highestAttempt ?? 0) - 1);
  return {
    party: {
      name: party.config.name,
      group: party.config.group,
      vaults: keys.flatMap((record) => {
        const address = vaultAddress(record);
        const { vault, key, tier, chain } = record;
        return address === null ? [] : [{ id: vault, key, tier, chain, address }];
      }),
      destinations: listed
        ? [
            {
              id: listed.id,
              client: listed.client,
              chain: listed.chain,
              asset: listed.asset,
              address: listed.address,
            },
          ]
        : [],
      keys: keys.map((record) => record.key),
      seenCounters: bundle ? seenCounters(party, bundle) : [],
      endedAttempts: intent && ended > 0 ? [{ operation: intent.operation, attempt: ended }] : [],
    },
    ties: intent ? tiesOf(party.database, intent.operation).map((tie) => tie.conflictKey) : [],
  };
}

/** Only the counters that these statements show matter to the decision. */
function seenCounters(party: Party, bundle: OperationBundle): DecideInput['party']['seenCounters'] {
  return countersOf(bundle.statements).flatMap(({ credential, signCount }) => {
    const challenge = challengeAt(party.database, credential, signCount);
    return challenge === null ? [] : [{ credential, signCount, challenge }];
  });
}

function policyAtRaise(
  trust: Trust,
  bundle: OperationBundle | null,
): Pick<DecideInput, 'policyAtRaise'> {
  const raise = bundle?.statements.find(({ statement }) => statement.decision === 'raise');
  const version = raise?.statement.policyVersion ?? trust.policy.version;
  const held = trust.policies.find((candidate) => candidate.version === version);
  return held && version < trust.policy.version ? { policyAtRaise: held } : {};
}

/** Keeps counters, attempt and intent of an operation that was decided; joins the caller's commit. */
export function keepDecision(party: Party, { bundle, digest, attempt }: Decided): void {
  noteOperation(party.database, bundle.intent.operation, digest, attempt);
  for (const { credential, signCount, challenge } of countersOf(bundle.statements))
    noteCounter(party.database, credential, signCount, challenge);
}

/**
 * Keeps the no and stops what is in progress; joins the caller's commit.
 * @returns whether it was new to this party.
 */
function keepNo(party: Party, bundle: OperationBundle, digest: string, attempt: number): boolean {
  const { operation } = bundle.intent;
  const before = findOperation(party.database, operation)?.endedAttempt ?? 0;
  endAttempt(party.database, operation, digest, attempt);
  closeRejected(party, operation, attempt);
  dropRejected(party, operation, attempt);
  return attempt > before;
}

/** Refusals by which people, not faults, ended an attempt: proven statements all. */
const noByPeople: readonly string[] = ['rejected-by-person', 'cancelled-by-person'];

/**
 * Asks the pure decision.
 * @param now normally the own clock; see `adopt.ts` for the one exception.
 * @returns the parsed bundle, or the refusal, which is then in the party's own record.
 */
export function makeDecision(
  party: Party,
  trust: Trust,
  of: { loose: LooseBundle; transaction: DecodedTransaction | null; now: Date },
): Answer<Decided> {
  const parsed = operationBundle.safeParse(of.loose);
  const bundle = parsed.success ? parsed.data : null;
  const digest = bundle ? intentDigest(bundle.intent) : null;
  const operation = bundle?.intent.operation ?? null;
  const attempt = bundle?.statements[0]?.statement.attempt ?? 0;
  const verdict = decide({
    intent: of.loose.intent,
    statements: of.loose.statements,
    roster: trust.roster,
    policy: trust.policy,
    ...policyAtRaise(trust, bundle),
    ...ownFacts(party, bundle),
    transaction: of.transaction === null ? null : toPlainTransaction(of.transaction),
    now: of.now.toISOString(),
  });
  if (!verdict.ok) {
    const { refusal } = verdict;
    const isNews = party.database.commit(() => {
      const no = bundle && digest && noByPeople.includes(refusal);
      const first = no ? keepNo(party, bundle, digest, attempt) : false;
      // A no that people stated is always written down; what anyone can send is bounded.
      if (first) note(party, { event: 'refused', operation, digest, refusal });
      else noteRefusal(party, operation, digest, refusal);
      return first;
    });
    if (isNews) raiseRecordMark(party);
    return refuse(verdict.refusal);
  }
  if (!bundle || digest === null) return refuse('request-malformed');
  const known = findOperation(party.database, bundle.intent.operation);
  if (known && known.intentDigest !== digest) {
    noteRefusal(party, operation, digest, 'operation-has-another-intent');
    return refuse('operation-has-another-intent');
  }
  return answer({ bundle, digest, attempt });
}
