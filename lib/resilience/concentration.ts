/** Where too much hangs on too few (DORA Art 29). Pure. */
import { highlyComplex, notSubstitutable } from './codes.ts';
import type { ContractFacts } from './kinds/contract.ts';
import { isInEea } from './places.ts';

/** From how many contracts for critical functions with one group on it is a concentration. House value. */
export const severalFrom = 2;
/** From which rank on a chain of subcontractors is long. House value. */
export const longChainFrom = 4;

export type ProviderSeen = {
  id: string;
  name: string;
  country: string;
  /** Id of its ultimate parent; null where it has none above it. */
  parent: string | null;
};

export type ContractSeen = {
  id: string;
  ref: string;
  facts: Pick<ContractFacts, 'uses' | 'chain' | 'assessments'>;
};

export type Concentration = {
  kind: 'several-critical' | 'not-substitutable' | 'third-country' | 'long-chain';
  article: string;
  /** Id of the provider; for several contracts that of the ultimate parent of the closely connected ones. */
  provider: string;
  /** Ids of the contracts, each once. */
  contracts: string[];
  /** A figure or code that explains it: number of contracts, country, rank. */
  detail: string;
};

/**
 * Concentrations in contracts that are in force.
 * @param isCritical whether a function, by id, is critical or important.
 * @param today contracts whose uses have all ended before are left out, yyyy-mm-dd.
 */
export function findConcentrations(
  contracts: readonly ContractSeen[],
  providers: readonly ProviderSeen[],
  isCritical: (functionId: string) => boolean,
  today: string,
): Concentration[] {
  const byId = new Map(providers.map((provider) => [provider.id, provider]));
  const critical = contracts.flatMap(({ id, ref, facts }) => {
    const uses = facts.uses.filter(
      (use) => isCritical(use.function) && (use.endsOn === null || use.endsOn >= today),
    );
    const services = new Set(uses.map(({ service }) => service));
    return uses.length === 0 ? [] : [{ id, ref, facts, uses, services }];
  });
  return [
    ...severalCritical(critical, byId),
    ...notSubstitutables(critical),
    ...thirdCountries(critical, byId),
    ...longChains(critical),
  ];
}

type Critical = ContractSeen & { uses: ContractFacts['uses']; services: ReadonlySet<string> };

/** The top of the group that a provider belongs to; of parents that name one another in a ring, the least id. */
export function ultimateParent(id: string, byId: ReadonlyMap<string, ProviderSeen>): string {
  const path: string[] = [];
  let at: string | null = id;
  while (at !== null) {
    const met = path.indexOf(at);
    if (met >= 0) return path.slice(met).toSorted()[0] ?? id;
    path.push(at);
    at = byId.get(at)?.parent ?? null;
  }
  return path.at(-1) ?? id;
}

function gather(
  pairs: readonly (readonly [key: string, contract: string])[],
): Map<string, string[]> {
  const gathered = new Map<string, Set<string>>();
  for (const [key, contract] of pairs) {
    const of = gathered.get(key) ?? new Set();
    gathered.set(key, of.add(contract));
  }
  return new Map([...gathered].map(([key, of]) => [key, [...of]]));
}

function severalCritical(
  critical: readonly Critical[],
  byId: ReadonlyMap<string, ProviderSeen>,
): Concentration[] {
  const pairs = critical.flatMap(({ id, uses }) =>
    uses.map(({ provider }) => [ultimateParent(provider, byId), id] as const),
  );
  return [...gather(pairs)]
    .filter(([, contracts]) => contracts.length >= severalFrom)
    .map(([provider, contracts]) => ({
      kind: 'several-critical',
      article: 'DORA 29(1)(b)',
      provider,
      contracts,
      detail: String(contracts.length),
    }));
}

function notSubstitutables(critical: readonly Critical[]): Concentration[] {
  const pairs = critical.flatMap(({ id, facts, services }) =>
    facts.assessments
      .filter(
        ({ substitutability, service }) =>
          services.has(service) &&
          (substitutability === notSubstitutable || substitutability === highlyComplex),
      )
      .map(({ provider }) => [provider, id] as const),
  );
  return [...gather(pairs)].map(([provider, contracts]) => ({
    kind: 'not-substitutable',
    article: 'DORA 29(1)(a)',
    provider,
    contracts,
    detail: String(contracts.length),
  }));
}

function thirdCountries(
  critical: readonly Critical[],
  byId: ReadonlyMap<string, ProviderSeen>,
): Concentration[] {
  const pairs = critical.flatMap(({ id, uses, facts, services }) =>
    [
      ...uses.map(({ provider }) => provider),
      ...facts.chain.filter(({ service }) => services.has(service)).map(({ provider }) => provider),
    ]
      .filter((provider) => !isInEea(byId.get(provider)?.country ?? 'LU'))
      .map((provider) => [provider, id] as const),
  );
  return [...gather(pairs)].map(([provider, contracts]) => ({
    kind: 'third-country',
    article: 'DORA 29(2)',
    provider,
    contracts,
    detail: byId.get(provider)?.country ?? '',
  }));
}

function longChains(critical: readonly Critical[]): Concentration[] {
  return critical.flatMap(({ id, facts, services }): Concentration[] => {
    const links = facts.chain.filter(({ service }) => services.has(service));
    const last = links.toSorted((a, b) => b.rank - a.rank)[0];
    if (!last || last.rank < longChainFrom) return [];
    return [
      {
        kind: 'long-chain',
        article: 'DORA 29(2)',
        provider: last.provider,
        contracts: [id],
        detail: String(last.rank),
      },
    ];
  });
}
