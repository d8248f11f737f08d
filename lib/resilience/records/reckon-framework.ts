/** Reckons the figures of the framework from records in memory; of each what still holds is kept. Pure. */
import { missingClauses } from '../clauses.ts';
import { CompletenessCount, type Completeness } from '../completeness.ts';
import { findConcentrations, type Concentration, type ProviderSeen } from '../concentration.ts';
import { dayOf } from '../days.ts';
import { findGaps, type Gap } from '../invariants.ts';
import { individual } from '../codes.ts';
import type { ContractFacts } from '../kinds/contract.ts';
import type { EntityFacts } from '../kinds/entity.ts';
import { isCritical, type FunctionFacts } from '../kinds/function.ts';
import { individualTexts, type ProviderFacts } from '../kinds/provider.ts';
import { recordDays, type DayRecords, type RecordDays } from '../record-days.ts';
import type { Outward } from '../register/cells.ts';
import { countContract, countEntity, countFunction, countProvider } from './count-rows.ts';
import type { FrameworkRecords, Kept } from './framework-records.ts';
import { factsAs } from './register-source.ts';

export type FrameworkFigures = {
  completeness: Completeness[];
  gaps: Gap[];
  concentrations: Concentration[];
  /** Contracts in force that lack clauses, with how many each. */
  clauses: { contract: string; missing: number }[];
  /** Contracts in force, and those of them for a critical function. */
  contracts: number;
  criticalContracts: number;
  /** The last day of each recurring duty that records show. */
  days: RecordDays;
};

/** What one record gives to the figures, and what that hangs on. */
type Part = { of: string; count: CompletenessCount; missing: number };

export class FrameworkReckoner {
  readonly #records: FrameworkRecords;
  #parts = new Map<string, Part>();

  constructor(records: FrameworkRecords) {
    this.#records = records;
  }

  /**
   * The figures as the records stand.
   * @param today contracts whose uses have all ended before count for completeness only, yyyy-mm-dd.
   */
  reckon(today: string): FrameworkFigures {
    const records = this.#records;
    const contracts = records.of('contract');
    const critical = new Set(
      records
        .of('function')
        .filter((one) => isCritical(factsAs<FunctionFacts>(one)))
        .map(({ id }) => id),
    );
    const isFor = (one: Kept) =>
      factsAs<ContractFacts>(one).uses.some((use) => critical.has(use.function));
    const inForce = contracts.filter((one) => isInForce(factsAs<ContractFacts>(one), today));
    const parts = this.#draw(today, critical);
    const count = new CompletenessCount();
    for (const part of parts.values()) count.addAll(part.count);
    return {
      completeness: count.list(),
      gaps: findGaps(
        {
          functions: of(records.of('function')),
          plans: of(records.of('plan')),
          planTests: of(records.of('plan-test')),
          tests: of(records.of('test')),
          contracts: inForce.map((one) => ({ ...withFacts<ContractFacts>(one), texts: one.texts })),
        },
        today,
      ),
      concentrations: findConcentrations(
        contracts.map((one) => ({ ...withFacts<ContractFacts>(one), ref: one.ref })),
        records.of('provider').map(providerSeen),
        (id) => critical.has(id),
        today,
      ),
      clauses: inForce
        .map(({ id }) => ({ contract: id, missing: parts.get(id)?.missing ?? 0 }))
        .filter(({ missing }) => missing > 0),
      contracts: inForce.length,
      criticalContracts: inForce.filter(isFor).length,
      days: recordDays(dayRecords(records)),
    };
  }

  /** The parts of all records of the register; one is drawn anew when it, what it names, the entity or the day changed. */
  #draw(today: string, critical: ReadonlySet<string>): Map<string, Part> {
    const records = this.#records;
    const entity = records.of('entity').at(0) ?? null;
    const names = outwardOf(records, entity);
    const direct = new Set(
      records
        .of('contract')
        .flatMap((one) => factsAs<ContractFacts>(one).uses.map(({ provider }) => provider)),
    );
    const all = `${today} ${entity?.version ?? '-'}`;
    const versionOf = (id: string) => records.find(id)?.version ?? '-';
    const before = this.#parts;
    const parts = new Map<string, Part>();
    const part = (one: Kept, more: string, draw: (count: CompletenessCount) => number | void) => {
      const hangsOn = `${all} ${more} ${one.version} ${one.links.map(versionOf).join(' ')}`;
      const known = before.get(one.id);
      if (known?.of === hangsOn) {
        parts.set(one.id, known);
        return;
      }
      const count = new CompletenessCount();
      parts.set(one.id, { of: hangsOn, missing: draw(count) ?? 0, count });
    };
    if (entity)
      part(entity, '', (count) => {
        countEntity(count, entity, names, today);
      });
    for (const one of records.of('function'))
      part(one, '', (count) => {
        countFunction(count, one, names, today);
      });
    for (const one of records.of('provider')) {
      const isDirect = direct.has(one.id);
      part(one, String(isDirect), (count) => {
        countProvider(count, one, names, { today, isDirect });
      });
    }
    for (const one of records.of('contract'))
      part(one, '', (count) => {
        const facts = factsAs<ContractFacts>(one);
        countContract(count, facts, critical, names, today);
        const isFor = facts.uses.some((use) => critical.has(use.function));
        return missingClauses(facts, isFor).length;
      });
    this.#parts = parts;
    return parts;
  }
}

/** Not all of its uses have ended; one without any is not in use yet. */
const isInForce = ({ uses }: ContractFacts, today: string): boolean =>
  uses.length === 0 || uses.some(({ endsOn }) => endsOn === null || endsOn >= today);

const withFacts = <F>(one: Kept) => ({ id: one.id, facts: factsAs<F>(one) });
const of = <F>(all: readonly Kept[]) => all.map((one) => withFacts<F>(one));

function providerSeen(one: Kept): ProviderSeen {
  const { name, country, parent } = factsAs<ProviderFacts>(one);
  return { id: one.id, name: name ?? one.number, country, parent };
}

/** What ids stand for. Of individuals only whether they have a code, which is a text. */
function outwardOf(records: FrameworkRecords, entity: Kept | null): Outward {
  const refs = (all: readonly Kept[]) => new Map(all.map(({ id, ref }) => [id, ref]));
  return {
    own: entity ? factsAs<EntityFacts>(entity).lei : '',
    functions: refs(records.of('function')),
    contracts: refs(records.of('contract')),
    providers: new Map(
      records.of('provider').map((one) => {
        const { person, codeType } = factsAs<ProviderFacts>(one);
        const code = person === individual ? (one.texts[individualTexts.code] ?? '') : one.ref;
        return [one.id, { code, type: codeType ?? '' }];
      }),
    ),
  };
}

const dayRecords = (records: FrameworkRecords): DayRecords => ({
  functions: of(records.of('function')),
  assets: records
    .of('asset')
    .map(({ id, grade, at }) => ({ id, isCritical: grade === 'critical', at: dayOf(at) })),
  risks: of(records.of('risk')),
  tests: of(records.of('test')),
  plans: of(records.of('plan')),
  planTests: of(records.of('plan-test')),
  contracts: of(records.of('contract')),
});
