/**
 * What an operation needs, by the console's own records and the code that parties run on theirs. It
 * decides nothing: it keeps people from stating what the parties would refuse, and says why.
 */
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Refused, type Result } from '#lib/platform/result.ts';
import { mayGoAlone, tightens } from '#lib/protocol/alone.ts';
import { findFreezeRefusal } from '#lib/protocol/decide.ts';
import type { DecideInput } from '#lib/protocol/decide-input.ts';
import type { IntentKind } from '#lib/protocol/intent-kinds.ts';
import { findMismatch } from '#lib/protocol/intent-match.ts';
import type { Intent } from '#lib/protocol/intent.ts';
import type { PolicyFacts } from '#lib/protocol/policy-facts.ts';
import { evaluatePolicy, type Policy, type Requirement } from '#lib/protocol/policy.ts';
import { timeLocked } from '#lib/protocol/policy-faults.ts';
import { findNeeds } from '#lib/protocol/requirements.ts';
import { sentenceOf, type PartyRefusal } from '#lib/protocol/refusals.ts';
import { findShortfall } from './break-stop.ts';
import { heldRecords, type HeldRecords } from './facts/held-records.ts';
import { loadFacts } from './facts/load-facts.ts';
import { standingFreezes } from './facts/standing-freezes.ts';
import { frozenSentence } from './frozen-words.ts';
import { amountText } from './policy-words.ts';
import { heedsShortfall } from './shortfall-rules.ts';
import type { Trust } from './trust.ts';

export type Allowed = {
  /** Id of the deciding rule, or {@link onePersonRule}. */
  rule: string;
  /** Empty for what one person may do alone. */
  needs: Requirement[];
  /** How long each party waits once it has seen every statement. */
  waitSeconds: number;
  secondChannel: boolean;
  /** Whether a rule asked what is missing of the asset; then the console has no stop of its own. */
  heedsShortfall: boolean;
};

/** Stands where a rule's id would: whoever stops something or takes something away asks no rule. */
export const onePersonRule = 'one-person';

const no = (refusal: PartyRefusal): Refused<PartyRefusal> => refuse(refusal, sentenceOf(refusal));

/** The keys' own use cases look at epochs and shares, which the console learns from the parties. */
const matchedElsewhere: readonly IntentKind[] = ['key-refresh', 'key-repair', 'key-backup'];

/** Why parties would refuse it whoever stated, by the console's records. */
function findOwnRefusal(
  intent: Intent,
  input: DecideInput,
  raiser: string,
): Refused<PartyRefusal> | null {
  if (matchedElsewhere.includes(intent.kind)) return null;
  const found = findMismatch(intent, input, { policies: [input.policy], raiser });
  // It is built after the last statement.
  return found === null || found === 'transaction-missing' ? null : no(found);
}

/** The first freeze in the way, by its number. */
async function findFrozen(
  intent: Intent,
  { trust, held }: { trust: Trust; held: HeldRecords },
  db: Database | Tx,
): Promise<Refused<PartyRefusal> | null> {
  if (findFreezeRefusal(intent, { ...trust, party: held }) === null) return null;
  for (const freeze of await standingFreezes(db)) {
    const refusal = findFreezeRefusal(intent, { ...trust, party: { ...held, freezes: [freeze] } });
    if (refusal) return refuse(refusal, frozenSentence(refusal, freeze, trust.policy));
  }
  return null;
}

/** What the rules ask for, or their no with the reason. */
async function askRules(
  intent: Intent,
  of: { trust: Trust; held: HeldRecords },
  db: Database | Tx,
  now: Date,
): Promise<Result<Allowed, PartyRefusal>> {
  const { policy } = of.trust;
  const loaded = await loadFacts(intent, of, db, now);
  if (!loaded.ok) return no(loaded.refusal);
  const verdict = evaluatePolicy(policy, loaded.facts);
  const required = findNeeds([policy], loaded.facts);
  if (!required.ok || verdict.rule === null) {
    const reason = verdict.outcome.effect === 'deny' ? verdict.outcome.reason : 'no rule allows it';
    const code = verdict.missing === null ? 'policy-denies' : 'fact-missing';
    const why = await missingWords(verdict.rule, { policy, facts: loaded.facts }, db);
    return refuse(code, `Policy version ${policy.version} says no: ${reason}.${why}`);
  }
  const lock = timeLocked.includes(intent.kind) ? (policy.timeLockSeconds ?? 0) : 0;
  return ok({
    rule: verdict.rule,
    needs: required.needs,
    // What gives nobody anything leaves nothing to veto.
    waitSeconds: tightens(intent, of.trust) ? 0 : Math.max(required.delaySeconds, lock),
    secondChannel: required.secondChannel,
    heedsShortfall: heedsShortfall(policy, verdict.trace),
  });
}

/** Where a rule says no because coins are missing: how many, and which break tells of it. */
async function missingWords(
  decider: string | null,
  { policy, facts }: { policy: Policy; facts: PolicyFacts },
  db: Database | Tx,
): Promise<string> {
  const rule = policy.rules.find(({ id }) => id === decider);
  if (rule?.when.shortfallAbove === undefined || facts.asset === null) return '';
  const found = await findShortfall(facts.asset, db);
  if (!found) return '';
  return ` ${amountText(found.units, facts.asset)} is missing: see break ${found.number}.`;
}

/**
 * Freezes first, then rules, then what does not fit the records: what is never allowed is said
 * before what merely is not right now.
 * @param of.raiser person id; what one person may do alone depends on who it is.
 */
export async function askPolicy(
  intent: Intent,
  { trust, raiser }: { trust: Trust; raiser: string },
  db: Database | Tx,
  now: Date,
): Promise<Result<Allowed, PartyRefusal>> {
  const held = await heldRecords(intent, trust, db, now);
  const frozen = await findFrozen(intent, { trust, held }, db);
  if (frozen) return frozen;
  const allowed: Result<Allowed, PartyRefusal> = mayGoAlone(
    intent,
    { ...trust, party: held },
    raiser,
  )
    ? ok({
        rule: onePersonRule,
        needs: [],
        waitSeconds: 0,
        secondChannel: false,
        heedsShortfall: false,
      })
    : await askRules(intent, { trust, held }, db, now);
  if (!allowed.ok) return allowed;
  const input: DecideInput = {
    intent,
    statements: [],
    roster: trust.roster,
    policy: trust.policy,
    party: held,
    ties: [],
    transaction: null,
    now: now.toISOString(),
  };
  const refused = findOwnRefusal(intent, input, raiser);
  return refused ?? allowed;
}
