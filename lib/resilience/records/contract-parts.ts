/** What contracts give to the figures of the framework, each by itself and all together. Pure. */
import { missingClauses } from '../clauses.ts';
import { CompletenessCount } from '../completeness.ts';
import {
  concentrationPart,
  joinConcentrations,
  type Concentration,
  type ConcentrationPart,
  type ProviderSeen,
} from '../concentration.ts';
import { goesOn } from '../days.ts';
import { contractGaps, type Gap } from '../invariants.ts';
import type { ContractFacts } from '../kinds/contract.ts';
import { latest } from '../record-days.ts';
import type { Outward } from '../register/cells.ts';
import { countContract } from './count-rows.ts';
import type { Kept } from './framework-records.ts';
import { factsAs } from './register-source.ts';

/** What a contract's part hangs on besides its own facts and texts. */
export type About = {
  /** Contracts whose uses have all ended before it count for completeness only, yyyy-mm-dd. */
  today: string;
  names: Outward;
  /** Ids of functions that are critical or important. */
  critical: ReadonlySet<string>;
  providers: ReadonlyMap<string, ProviderSeen>;
};

/** What a contract gives to the figures. */
type ContractPart = {
  count: CompletenessCount;
  isInForce: boolean;
  isForCritical: boolean;
  missing: number;
  gaps: readonly Gap[];
  concentration: ConcentrationPart | null;
  exitTested: string | null;
};

/** What all contracts give. */
export type ContractSum = {
  count: CompletenessCount;
  /** What those in force lack, by function. */
  gaps: ReadonlyMap<string, readonly Gap[]>;
  concentrations: Concentration[];
  /** Those in force that lack clauses, with how many each. */
  clauses: { contract: string; missing: number }[];
  contracts: number;
  criticalContracts: number;
  /** The last day on which an exit was tested. */
  exitTested: string | null;
  /** Ids of providers that a contract is with. */
  direct: ReadonlySet<string>;
};

/** The parts of contracts as they were drawn last; one is drawn anew when it changed, or what it names. */
export class ContractParts {
  readonly #parts = new Map<string, ContractPart>();
  /** The sum of what the parts count: 2,000 of them are not added up for one that changed. */
  readonly #count = new CompletenessCount();

  /**
   * What all contracts give now.
   * @param contracts all in use, by number.
   * @param stale ids of contracts that changed, came or went, and of records whose change a contract shows.
   */
  sum(contracts: readonly Kept[], stale: ReadonlySet<string>, about: About): ContractSum {
    for (const id of stale) this.#drop(id);
    const drawn = contracts.map((one): readonly [Kept, ContractPart] => {
      const known = this.#parts.get(one.id);
      if (known && !one.links.some((id) => stale.has(id))) return [one, known];
      this.#drop(one.id);
      const part = contractPart(one, about);
      this.#parts.set(one.id, part);
      this.#count.addAll(part.count);
      return [one, part];
    });
    const inForce = drawn.filter(([, { isInForce }]) => isInForce);
    return {
      count: this.#count,
      gaps: Map.groupBy(
        inForce.flatMap(([, { gaps }]) => gaps),
        (gap) => gap.function,
      ),
      concentrations: joinConcentrations(
        drawn.map(([, { concentration }]) => concentration).filter((part) => part !== null),
        about.providers,
      ),
      clauses: inForce
        .filter(([, { missing }]) => missing > 0)
        .map(([{ id }, { missing }]) => ({ contract: id, missing })),
      contracts: inForce.length,
      criticalContracts: inForce.filter(([, { isForCritical }]) => isForCritical).length,
      exitTested: latest(drawn.map(([, { exitTested }]) => exitTested)),
      direct: new Set(
        contracts.flatMap((one) =>
          factsAs<ContractFacts>(one).uses.map(({ provider }) => provider),
        ),
      ),
    };
  }

  #drop(id: string): void {
    const known = this.#parts.get(id);
    if (!known) return;
    this.#count.removeAll(known.count);
    this.#parts.delete(id);
  }
}

function contractPart(one: Kept, { today, names, critical, providers }: About): ContractPart {
  const facts = factsAs<ContractFacts>(one);
  const isFor = (id: string): boolean => critical.has(id);
  const isForCritical = facts.uses.some((use) => isFor(use.function));
  const count = new CompletenessCount();
  countContract(count, facts, critical, names, today);
  return {
    count,
    isForCritical,
    isInForce: isInForce(facts, today),
    missing: missingClauses(facts, isForCritical).length,
    gaps: contractGaps({ id: one.id, facts, texts: one.texts }, isFor, today),
    concentration: concentrationPart({ id: one.id, ref: one.ref, facts }, providers, isFor, today),
    exitTested: latest(facts.exitTests.map(({ on }) => on)),
  };
}

/** Not all of its uses have ended; one without any is not in use yet. */
const isInForce = ({ uses }: ContractFacts, today: string): boolean =>
  uses.length === 0 || uses.some(({ endsOn }) => goesOn(endsOn, today));
