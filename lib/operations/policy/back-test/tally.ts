/** Counts what two policies say about the same operations, rule by rule. Pure. */
import {
  evaluatePolicy,
  findCapBreach,
  type Policy,
  type PolicyOutcome,
} from '#lib/protocol/policy.ts';
import type { PolicyFacts } from '#lib/protocol/policy-facts.ts';
import { shiftOf, type Shift } from '../outcome-words.ts';

/** What decided: a rule by its id, or what stands in the place of one. */
export type Decider = { rule: string } | { none: 'cap' | 'no-rule' | 'unanswered' };

export type Verdict = { decider: Decider; outcome: PolicyOutcome };

export function verdictOf(policy: Policy, facts: PolicyFacts | null): Verdict {
  if (facts === null)
    return {
      decider: { none: 'unanswered' },
      outcome: { effect: 'deny', reason: 'its vault is not on record any more' },
    };
  const { outcome, rule, missing } = evaluatePolicy(policy, facts);
  if (rule !== null) return { decider: { rule }, outcome };
  if (missing !== null) return { decider: { none: 'unanswered' }, outcome };
  return { decider: { none: findCapBreach(policy, facts) === null ? 'no-rule' : 'cap' }, outcome };
}

export type Counts = { before: number; after: number };
export type TallyRow = { decider: Decider } & Counts;

const keyOf = (decider: Decider): string =>
  'rule' in decider ? `rule ${decider.rule}` : decider.none;

export class Tally<Listed> {
  readonly #counts = new Map<string, TallyRow>();
  readonly #listed: Listed[] = [];
  readonly #listedMax: number;
  readonly #shifts: Record<Shift, number> = { refused: 0, allowed: 0, otherwise: 0 };
  #done = 0;

  constructor(listedMax: number) {
    this.#listedMax = listedMax;
  }

  /** @param list called for an operation whose answer differs, while there is room for it. */
  add(before: Verdict, after: Verdict, list: (shift: Shift) => Listed): void {
    this.#done += 1;
    this.#count(before.decider, 'before');
    this.#count(after.decider, 'after');
    const shift = shiftOf(before.outcome, after.outcome);
    if (shift === null) return;
    this.#shifts[shift] += 1;
    if (this.#listed.length < this.#listedMax) this.#listed.push(list(shift));
  }

  #count(decider: Decider, side: keyof Counts): void {
    const key = keyOf(decider);
    const row = this.#counts.get(key) ?? { decider, before: 0, after: 0 };
    row[side] += 1;
    this.#counts.set(key, row);
  }

  countsOf(decider: Decider): Counts {
    const { before = 0, after = 0 } = this.#counts.get(keyOf(decider)) ?? {};
    return { before, after };
  }

  get done(): number {
    return this.#done;
  }
  get shifts(): Readonly<Record<Shift, number>> {
    return this.#shifts;
  }
  get listed(): readonly Listed[] {
    return this.#listed;
  }
}
