/**
 * Puts together what the pure decision looks at, from this party's own stores, and asks it. A "no"
 * that people stated is kept, so that withholding it later changes nothing.
 */
import {
  operationBundle,
  type OperationBundle,
  type PlainTransaction,
} from '#lib/protocol/bundle.ts';
import { mayStop } from '#lib/protocol/counting.ts';
import { countersOf, decideWithWait } from '#lib/protocol/decide.ts';
import { movesShares } from '#lib/protocol/intent-kinds.ts';
import { intentDigest } from '#lib/protocol/intent.ts';
import type { SignedStatement } from '#lib/protocol/statement.ts';
import { asOf } from './as-of.ts';
import { hasOtherContent } from './attempt.ts';
import { decisionInput, type ByWord, type LooseBundle } from './decision-input.ts';
import { isFeeBoundTooHigh } from './fee-bound.ts';
import { keepNo } from './keep-no.ts';
import { raiseRecordMark } from './marks.ts';
import { answer, note, noteRefusal, refuse, type Answer, type Party } from './party.ts';
import { noteCounter, noteOperation } from './store/operations.ts';
import type { Trust } from './store/trust.ts';
import { beginWait } from './store/waits.ts';

export type { LooseBundle } from './decision-input.ts';

export type Decided = { bundle: OperationBundle; digest: string; attempt: number };

/** Keeps counters, attempt and intent of an operation that was decided; joins the caller's commit. */
export function keepDecision(party: Party, { bundle, digest, attempt }: Decided): void {
  const { operation, kind } = bundle.intent;
  if (movesShares(kind)) noteOperation(party.database, operation, digest, attempt);
  for (const { credential, signCount, challenge } of countersOf(bundle.statements))
    noteCounter(party.database, credential, signCount, challenge);
}

/** The first no of the set by someone who may say it. */
function findNo({ roster }: Trust, { statements }: OperationBundle): SignedStatement | null {
  return (
    statements.find(({ statement: { decision, person: id } }) => {
      const person = roster.people.find((entry) => entry.id === id);
      return (decision === 'reject' || decision === 'cancel') && person && mayStop(person);
    }) ?? null
  );
}

/** Keeps when this party first saw a full set that has to wait; joins nothing. */
function keepWait(party: Party, bundle: OperationBundle, digest: string, seconds: number): void {
  const { operation, kind } = bundle.intent;
  const since = party.now();
  const until = new Date(since.getTime() + seconds * 1000);
  party.database.commit(() =>
    beginWait(party.database, {
      operation,
      attempt: bundle.statements[0]?.statement.attempt ?? 1,
      intentDigest: digest,
      kind,
      document: bundle,
      since: since.toISOString(),
      until: until.toISOString(),
    }),
  );
}

/** Refusals by which people, not faults, ended an attempt: proven statements all. */
const noByPeople: readonly string[] = ['rejected-by-person', 'cancelled-by-person'];
/** Refusals that pass by themselves. */
const waiting: readonly string[] = ['delay-running', 'time-lock-running'];

/**
 * Asks the pure decision.
 * @param of.now normally the own clock. With `isPast` it is an instant before, and what came to be
 *   known later does not count; see `as-of.ts`.
 * @returns the parsed bundle, or the refusal, which is then in the party's own record.
 */
export function makeDecision(
  party: Party,
  trust: Trust,
  of: {
    loose: LooseBundle;
    transaction: PlainTransaction | null;
    now: Date;
    isPast?: true;
    /** Names of the parties that would sign together. */
    signers?: readonly string[];
    byWord?: ByWord | undefined;
  },
): Answer<Decided> {
  const parsed = operationBundle.safeParse(of.loose);
  const bundle = parsed.success ? parsed.data : null;
  const digest = bundle ? intentDigest(bundle.intent) : null;
  const operation = bundle?.intent.operation ?? null;
  const attempt = bundle?.statements[0]?.statement.attempt ?? 0;
  const input = decisionInput(party, trust, { ...of, bundle });
  const { answer: verdict, waitSeconds } = decideWithWait(
    of.isPast && operation !== null && digest !== null
      ? asOf(party, input, { operation, digest, at: of.now })
      : input,
  );
  if (!verdict.ok) {
    const { refusal } = verdict;
    const isOther = digest !== null && bundle && hasOtherContent(party, bundle.intent, digest);
    if (bundle && digest !== null && !isOther && waiting.includes(refusal)) {
      keepWait(party, bundle, digest, waitSeconds);
      return refuse(refusal);
    }
    const isNews = party.database.commit(() => {
      const no = bundle && noByPeople.includes(refusal) ? findNo(trust, bundle) : null;
      const first = no ? keepNo(party, no) : false;
      // A no that people stated is always written down; what anyone can send is bounded.
      if (first) note(party, { event: 'refused', operation, digest, refusal });
      else noteRefusal(party, operation, digest, refusal);
      return first;
    });
    if (isNews) {
      raiseRecordMark(party);
      party.onNews();
    }
    return refuse(verdict.refusal);
  }
  if (!bundle || digest === null) return refuse('request-malformed');
  if (hasOtherContent(party, bundle.intent, digest)) {
    noteRefusal(party, operation, digest, 'operation-has-another-intent');
    return refuse('operation-has-another-intent');
  }
  if (isFeeBoundTooHigh(bundle.intent)) {
    noteRefusal(party, operation, digest, 'fee-bound-too-high');
    return refuse('fee-bound-too-high');
  }
  return answer({ bundle, digest, attempt });
}
