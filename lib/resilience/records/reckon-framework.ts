/** Reckons the figures of the framework from records in memory; of each what still holds is kept. Pure. */
import { CompletenessCount, type Completeness } from '../completeness.ts';
import type { Concentration, ProviderSeen } from '../concentration.ts';
import { dayOf } from '../days.ts';
import { coverageOf, joinGaps, type Gap } from '../invariants.ts';
import { individual } from '../codes.ts';
import type { EntityFacts } from '../kinds/entity.ts';
import { isCritical, type FunctionFacts } from '../kinds/function.ts';
import { individualTexts, type ProviderFacts } from '../kinds/provider.ts';
import { functionDays, riskDays, testDays, type RecordDays } from '../record-days.ts';
import { ContractParts, type About, type ContractSum } from './contract-parts.ts';
import { countEntity, countFunction, countProvider } from './count-rows.ts';
import { Derived } from './derived.ts';
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

/** What records other than contracts give to completeness. */
type RowPart = { count: CompletenessCount; isDirect: boolean };

type Changes = ReadonlyMap<string, FrameworkKind>;

/**
 * Keeps what it reckoned from one time to the next: what hangs on kinds that did not change, and of contracts the
 * parts of all that neither changed nor name what did.
 */
export class FrameworkReckoner {
  readonly #records: FrameworkRecords;
  #today = '';
  #about: About | null = null;
  #parts = new ContractParts();
  #ofContracts: ContractSum | null = null;
  #rows = new Map<string, RowPart>();

  readonly #functions = this.#from(['function'], (records) => ({
    refs: refsOf(records.of('function')),
    critical: new Set(
      records
        .of('function')
        .filter((one) => isCritical(factsAs<FunctionFacts>(one)))
        .map(({ id }) => id),
    ),
    days: functionDays(of(records.of('function'))),
  }));
  readonly #contractRefs = this.#from(['contract'], (records) => refsOf(records.of('contract')));
  readonly #providers = this.#from(['provider'], (records) => ({
    codes: codesOf(records.of('provider')),
    seen: new Map(records.of('provider').map((one) => [one.id, providerSeen(one)])),
  }));
  readonly #coverage = this.#from(['test', 'plan', 'plan-test'], (records) =>
    coverageOf(
      {
        plans: of(records.of('plan')),
        planTests: of(records.of('plan-test')),
        tests: of(records.of('test')),
      },
      this.#today,
    ),
  );
  readonly #riskDays = this.#from(['risk'], (records) => riskDays(of(records.of('risk'))));
  readonly #testDays = this.#from(['asset', 'test', 'plan', 'plan-test'], (records) =>
    testDays({
      assets: records
        .of('asset')
        .map(({ id, grade, at }) => ({ id, isCritical: grade === 'critical', at: dayOf(at) })),
      tests: of(records.of('test')),
      plans: of(records.of('plan')),
      planTests: of(records.of('plan-test')),
    }),
  );

  constructor(records: FrameworkRecords) {
    this.#records = records;
  }

  /**
   * The figures as the records stand.
   * @param today contracts whose uses have all ended before count for completeness only, yyyy-mm-dd.
   */
  reckon(today: string): FrameworkFigures {
    const changes = this.#records.takeChanges();
    const kinds = new Set(changes.values());
    for (const one of [
      this.#functions,
      this.#contractRefs,
      this.#providers,
      this.#coverage,
      this.#riskDays,
      this.#testDays,
    ])
      one.changed(kinds);
    if (today !== this.#today || kinds.has('entity')) {
      this.#parts = new ContractParts();
      this.#ofContracts = null;
      this.#rows = new Map();
      this.#coverage.forget();
    }
    this.#today = today;
    const before = this.#about;
    const about = this.#aboutOf(today);
    this.#about = about;
    const stale = staleOf(changes, about.providers);
    const ofContracts = this.#sumContracts(stale, kinds, { before, about });
    return {
      completeness: this.#countAll(ofContracts, stale, about),
      gaps: joinGaps(of(this.#records.of('function')), this.#coverage.get(), ofContracts.gaps),
      concentrations: ofContracts.concentrations,
      clauses: ofContracts.clauses,
      contracts: ofContracts.contracts,
      criticalContracts: ofContracts.criticalContracts,
      days: {
        ...this.#functions.get().days,
        ...this.#riskDays.get(),
        ...this.#testDays.get(),
        'exit-plan-test': ofContracts.exitTested,
      },
    };
  }

  #from<T>(kinds: readonly FrameworkKind[], make: (records: FrameworkRecords) => T): Derived<T> {
    return new Derived(kinds, () => make(this.#records));
  }

  #aboutOf(today: string): About {
    const [entity] = this.#records.of('entity');
    const { refs, critical } = this.#functions.get();
    const { codes, seen } = this.#providers.get();
    return {
      today,
      names: {
        own: entity ? factsAs<EntityFacts>(entity).lei : '',
        functions: refs,
        contracts: this.#contractRefs.get(),
        providers: codes,
      },
      critical,
      providers: seen,
    };
  }

  /** A contract shows of a function its identifier and whether it is critical; what else changed of one leaves it as it is. */
  #sumContracts(
    stale: ReadonlySet<string>,
    kinds: ReadonlySet<FrameworkKind>,
    { before, about }: { before: About | null; about: About },
  ): ContractSum {
    const shown = new Set(
      [...stale].filter((id) => before === null || !isSameFunction(id, before, about)),
    );
    if (kinds.has('contract') || kinds.has('provider') || [...shown].some(isOf(before, about)))
      this.#ofContracts = null;
    this.#ofContracts ??= this.#parts.sum(this.#records.of('contract'), shown, about);
    return this.#ofContracts;
  }

  /** Of a provider it also matters whether a contract is with it. */
  #countAll(
    { count: ofContracts, direct }: ContractSum,
    stale: ReadonlySet<string>,
    about: About,
  ): Completeness[] {
    const records = this.#records;
    const before = this.#rows;
    this.#rows = new Map(
      [
        ...records.of('entity').slice(0, 1),
        ...records.of('function'),
        ...records.of('provider'),
      ].map((one): [string, RowPart] => {
        const known = before.get(one.id);
        const isDirect = direct.has(one.id);
        const holds = known && known.isDirect === isDirect && !stale.has(one.id);
        return [one.id, holds ? known : { isDirect, count: countRow(one, about, isDirect) }];
      }),
    );
    const count = new CompletenessCount();
    for (const part of this.#rows.values()) count.addAll(part.count);
    count.addAll(ofContracts);
    return count.list();
  }
}

/** Whether both know a function by this id, and as the same. */
const isSameFunction = (id: string, before: About, now: About): boolean =>
  before.names.functions.has(id) &&
  before.names.functions.get(id) === now.names.functions.get(id) &&
  before.critical.has(id) === now.critical.has(id);

/** Whether an id is that of a function, now or before. */
const isOf =
  (before: About | null, now: About) =>
  (id: string): boolean =>
    now.names.functions.has(id) || before?.names.functions.has(id) === true;

/** What changed, with the providers below one that did: their rows and groups name those above them. */
function staleOf(
  changes: Changes,
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

function countRow(one: Kept, { names, today }: About, isDirect: boolean): CompletenessCount {
  const count = new CompletenessCount();
  if (one.kind === 'entity') countEntity(count, one, names, today);
  else if (one.kind === 'function') countFunction(count, one, names, today);
  else countProvider(count, one, names, { today, isDirect });
  return count;
}

const of = <F>(all: readonly Kept[]) => all.map((one) => ({ id: one.id, facts: factsAs<F>(one) }));

function providerSeen(one: Kept): ProviderSeen {
  const { name, country, parent } = factsAs<ProviderFacts>(one);
  return { id: one.id, name: name ?? one.number, country, parent };
}

const refsOf = (all: readonly Kept[]) => new Map(all.map(({ id, ref }) => [id, ref]));

/** What providers stand for. Of individuals only whether they have a code, which is a text. */
const codesOf = (providers: readonly Kept[]) =>
  new Map(
    providers.map((one) => {
      const { person, codeType } = factsAs<ProviderFacts>(one);
      const code = person === individual ? (one.texts[individualTexts.code] ?? '') : one.ref;
      return [one.id, { code, type: codeType ?? '' }];
    }),
  );
