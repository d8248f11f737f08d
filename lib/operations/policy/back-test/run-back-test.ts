/**
 * What a draft would have said to past operations, beside what the policy in force says to them. Facts
 * are taken as they were when each was raised. Memory does not grow with the number of operations.
 */
import type { Database } from '#lib/platform/db/client.ts';
import type { Policy } from '#lib/protocol/policy.ts';
import { kindFacts } from '../../kinds.ts';
import type { Trust } from '../../trust.ts';
import { describeSubjectOf } from '../operation-words.ts';
import { outcomeText, type Shift } from '../outcome-words.ts';
import {
  countOperations,
  operationsPage,
  type PastOperation,
  type Span,
} from './operations-page.ts';
import { PastFacts } from './past-facts.ts';
import { Tally, verdictOf, type Decider, type Verdict } from './tally.ts';

const pageSize = 500;
/** Operations that are named; the counts are of all. */
export const listedMax = 200;

export type BackTestRow = {
  /** Place in the order of the draft, then those that are in force only; null for no rule. */
  name: string;
  /** False where the rule is not in the policy. */
  inForce: boolean;
  inDraft: boolean;
  before: number;
  after: number;
};

export type ChangedOperation = {
  id: string;
  number: string;
  kindName: string;
  about: string;
  /** ISO instant. */
  raisedAt: string;
  shift: Shift;
  before: { rule: string; answer: string };
  after: { rule: string; answer: string };
};

export type BackTest = {
  /** ISO instants. */
  from: string | null;
  until: string;
  version: number;
  /** Operations looked at. */
  total: number;
  rows: BackTestRow[];
  changed: Record<Shift, number>;
  listed: ChangedOperation[];
};

export type BackTestStep =
  | { what: 'progress'; done: number; total: number }
  | { what: 'result'; result: BackTest };

const noneNames = {
  cap: 'A cap forbids it',
  'no-rule': 'No rule allows it',
  unanswered: 'Can’t be answered: a fact is missing',
} as const;

const nameIn = ({ rules }: Policy, decider: Decider): string =>
  'rule' in decider
    ? (rules.find(({ id }) => id === decider.rule)?.name ?? decider.rule)
    : noneNames[decider.none];

function rowsOf(tally: Tally<unknown>, inForce: Policy, draft: Policy): BackTestRow[] {
  const old = new Set(inForce.rules.map(({ id }) => id));
  const fresh = new Set(draft.rules.map(({ id }) => id));
  const gone = inForce.rules.filter(({ id }) => !fresh.has(id));
  const rules = [...draft.rules, ...gone].map(({ id, name }) => ({
    name,
    inForce: old.has(id),
    inDraft: fresh.has(id),
    ...tally.countsOf({ rule: id }),
  }));
  const nones = (['cap', 'no-rule', 'unanswered'] as const).map((none) => ({
    name: noneNames[none],
    inForce: true,
    inDraft: true,
    ...tally.countsOf({ none }),
  }));
  return [...rules, ...nones];
}

const changedOf = (
  { id, number, intent, raisedAt }: PastOperation,
  shift: Shift,
  before: { rule: string; verdict: Verdict },
  after: { rule: string; verdict: Verdict },
): ChangedOperation => ({
  id,
  number,
  kindName: kindFacts[intent.kind].name,
  about: describeSubjectOf(intent),
  raisedAt: raisedAt.toISOString(),
  shift,
  before: { rule: before.rule, answer: outcomeText(before.verdict.outcome) },
  after: { rule: after.rule, answer: outcomeText(after.verdict.outcome) },
});

export type BackTestOptions = {
  db: Database;
  trust: Trust;
  draft: Policy;
  /** Null for everything there has been. */
  from: Date | null;
  now: Date;
  signal: AbortSignal;
};

/** @yields progress after each page, and the result at the end. @throws the reason of the signal. */
export async function* runBackTest(options: BackTestOptions): AsyncGenerator<BackTestStep> {
  const { db, trust, draft, from, now, signal } = options;
  const span: Span = { from: from ?? new Date(0), until: now };
  const inForce = trust.policy;
  const total = await countOperations(db, span);
  yield { what: 'progress', done: 0, total };
  const tally = new Tally<ChangedOperation>(listedMax);
  let facts: PastFacts | null = null;
  let last: PastOperation | null = null;
  for (;;) {
    signal.throwIfAborted();
    const page = await operationsPage(db, span, last, pageSize);
    const [first] = page;
    if (!first) break;
    facts ??= await PastFacts.open(db, { policies: [inForce, draft], trust, now }, first);
    for (const [place, under] of (await facts.page(page)).entries()) {
      const operation = page[place];
      if (!operation) continue;
      const before = verdictOf(inForce, under[0] ?? null);
      const after = verdictOf(draft, under[1] ?? null);
      tally.add(before, after, (shift) =>
        changedOf(
          operation,
          shift,
          { rule: nameIn(inForce, before.decider), verdict: before },
          { rule: nameIn(draft, after.decider), verdict: after },
        ),
      );
    }
    last = page.at(-1) ?? null;
    // What was raised after the count is not in the span; what is counted may be gone by no way.
    yield { what: 'progress', done: tally.done, total: Math.max(total, tally.done) };
    if (page.length < pageSize) break;
  }
  yield {
    what: 'result',
    result: {
      from: from?.toISOString() ?? null,
      until: now.toISOString(),
      version: inForce.version,
      total: tally.done,
      rows: rowsOf(tally, inForce, draft),
      changed: { ...tally.shifts },
      listed: [...tally.listed],
    },
  };
}
