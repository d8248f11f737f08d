/** Reckons the figures of the framework from records in memory; of each what still holds is kept. Pure. */
import { missingClauses } from '../clauses.ts';
import { CompletenessCount, type Completeness } from '../completeness.ts';
import {
  concentrationPart,
  joinConcentrations,
  type Concentration,
  type ConcentrationPart,
  type ProviderSeen,
} from '../concentration.ts';
import { dayOf, goesOn } from '../days.ts';
import { contractGaps, joinGaps, type Gap } from '../invariants.ts';
import { individual } from '../codes.ts';
import type { ContractFacts } from '../kinds/contract.ts';
import type { EntityFacts } from '../kinds/entity.ts';
import { isCritical, type FunctionFacts } from '../kinds/function.ts';
import { individualTexts, type ProviderFacts } from '../kinds/provider.ts';
import {
  latest,
  recordDays,
  type DayRecords,
  type OwnDays,
  type RecordDays,
} from '../record-days.ts';
import type { Outward } from '../register/cells.ts';
import { countContract, countEntity, countFunction, countProvider } from './count-rows.ts';
import type { FrameworkKind, FrameworkRecords, Kept } from './framework-records.ts';
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

/** What other records give to completeness. */
type RowPart = { count: CompletenessCount; isDirect: boolean };

/** Kinds whose days are read, contracts apart. */
const withDays: readonly FrameworkKind[] = [
  'function',
  'asset',
  'risk',
  'test',
  'plan',
  'plan-test',
];

/** Kinds of which everything but days is made. */
const withOthers: readonly FrameworkKind[] = [
  'entity',
  'function',
  'provider',
  'contract',
  'test',
  'plan',
  'plan-test',
];

/** What all of it hangs on. */
type About = {
  today: string;
  names: Outward;
  critical: ReadonlySet<string>;
  providers: ReadonlyMap<string, ProviderSeen>;
};

export class FrameworkReckoner {
  readonly #records: FrameworkRecords;
  #today = '';
  #contracts = new Map<string, ContractPart>();
  #rows = new Map<string, RowPart>();
  #days: OwnDays | null = null;
  #others: Omit<FrameworkFigures, 'days'> | null = null;
  #exitTested: string | null = null;

  constructor(records: FrameworkRecords) {
    this.#records = records;
  }

  /**
   * The figures as the records stand.
   * @param today contracts whose uses have all ended before count for completeness only, yyyy-mm-dd.
   */
  reckon(today: string): FrameworkFigures {
    const records = this.#records;
    const changes = records.takeChanges();
    const kinds = new Set(changes.values());
    if (today !== this.#today || kinds.has('entity')) {
      this.#contracts = new Map();
      this.#rows = new Map();
      this.#others = null;
    }
    this.#today = today;
    if (withDays.some((kind) => kinds.has(kind))) this.#days = null;
    if (withOthers.some((kind) => kinds.has(kind))) this.#others = null;
    this.#others ??= this.#reckonOthers(today, changes);
    this.#days ??= recordDays(dayRecords(records));
    return { ...this.#others, days: { ...this.#days, 'exit-plan-test': this.#exitTested } };
  }

  #reckonOthers(
    today: string,
    changes: ReadonlyMap<string, FrameworkKind>,
  ): Omit<FrameworkFigures, 'days'> {
    const records = this.#records;
    const about = aboutOf(records, today);
    const stale = staleOf(changes, about.providers);
    const parts = this.#drawContracts(about, stale);
    const count = new CompletenessCount();
    for (const part of this.#drawRows(about, stale)) count.addAll(part.count);
    for (const [, part] of parts) count.addAll(part.count);
    const inForce = parts.filter(([, { isInForce }]) => isInForce);
    this.#exitTested = latest(parts.map(([, { exitTested }]) => exitTested));
    return {
      completeness: count.list(),
      gaps: joinGaps(
        {
          functions: of(records.of('function')),
          plans: of(records.of('plan')),
          planTests: of(records.of('plan-test')),
          tests: of(records.of('test')),
        },
        inForce.flatMap(([, { gaps }]) => gaps),
        today,
      ),
      concentrations: joinConcentrations(
        parts.map(([, { concentration }]) => concentration).filter((part) => part !== null),
        about.providers,
      ),
      clauses: inForce
        .map(([contract, { missing }]) => ({ contract, missing }))
        .filter(({ missing }) => missing > 0),
      contracts: inForce.length,
      criticalContracts: inForce.filter(([, { isForCritical }]) => isForCritical).length,
    };
  }

  /** The parts of contracts, by number; one is drawn anew when it changed, or what it names. */
  #drawContracts(about: About, stale: ReadonlySet<string>): [string, ContractPart][] {
    const before = this.#contracts;
    const parts = this.#records.of('contract').map((one): [string, ContractPart] => {
      const known = before.get(one.id);
      const isStale = stale.has(one.id) || one.links.some((id) => stale.has(id));
      return [one.id, known && !isStale ? known : contractPart(one, about)];
    });
    this.#contracts = new Map(parts);
    return parts;
  }

  /** The parts of the entity, functions and providers; of a provider it also matters whether a contract is with it. */
  #drawRows(about: About, stale: ReadonlySet<string>): RowPart[] {
    const records = this.#records;
    const direct = new Set(
      records
        .of('contract')
        .flatMap((one) => factsAs<ContractFacts>(one).uses.map(({ provider }) => provider)),
    );
    const before = this.#rows;
    const rows = [
      ...records.of('entity').slice(0, 1),
      ...records.of('function'),
      ...records.of('provider'),
    ].map((one): [string, RowPart] => {
      const known = before.get(one.id);
      const isDirect = direct.has(one.id);
      return [
        one.id,
        known && known.isDirect === isDirect && !stale.has(one.id)
          ? known
          : { isDirect, count: countRow(one, about, isDirect) },
      ];
    });
    this.#rows = new Map(rows);
    return rows.map(([, part]) => part);
  }
}

function aboutOf(records: FrameworkRecords, today: string): About {
  return {
    today,
    names: outwardOf(records, records.of('entity').at(0) ?? null),
    critical: new Set(
      records
        .of('function')
        .filter((one) => isCritical(factsAs<FunctionFacts>(one)))
        .map(({ id }) => id),
    ),
    providers: new Map(records.of('provider').map((one) => [one.id, providerSeen(one)])),
  };
}

/** What changed, with the providers below one that did: their rows and groups name those above them. */
function staleOf(
  changes: ReadonlyMap<string, FrameworkKind>,
  providers: ReadonlyMap<string, ProviderSeen>,
): ReadonlySet<string> {
  const stale = new Set(changes.keys());
  if (![...changes.values()].includes('provider')) return stale;
  for (const { id } of providers.values()) {
    const met = new Set<string>();
    for (
      let at: string | null = id;
      at !== null && !met.has(at);
      at = providers.get(at)?.parent ?? null
    ) {
      met.add(at);
      if (changes.has(at)) stale.add(id);
    }
  }
  return stale;
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

function countRow(one: Kept, { names, today }: About, isDirect: boolean): CompletenessCount {
  const count = new CompletenessCount();
  if (one.kind === 'entity') countEntity(count, one, names, today);
  else if (one.kind === 'function') countFunction(count, one, names, today);
  else countProvider(count, one, names, { today, isDirect });
  return count;
}

/** Not all of its uses have ended; one without any is not in use yet. */
const isInForce = ({ uses }: ContractFacts, today: string): boolean =>
  uses.length === 0 || uses.some(({ endsOn }) => goesOn(endsOn, today));

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
});
