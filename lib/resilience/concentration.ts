/** Where too much hangs on too few (DORA Art 29). Pure. */
import { highlyComplex, notSubstitutable } from './codes.ts';
import { goesOn } from './days.ts';
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

/** What one contract for critical functions adds to concentrations; providers may appear in it more than once. */
export type ConcentrationPart = {
  id: string;
  /** Ultimate parents of its providers. */
  groups: readonly string[];
  notSubstitutable: readonly string[];
  thirdCountry: readonly string[];
  /** The last of a long chain, with its rank. */
  longChain: { provider: string; rank: number } | null;
};

type ById = ReadonlyMap<string, ProviderSeen>;

/**
 * The part of one contract; null where it is for no critical function that goes on.
 * @param today yyyy-mm-dd.
 */
export function concentrationPart(
  { id, facts }: ContractSeen,
  byId: ById,
  isCritical: (functionId: string) => boolean,
  today: string,
): ConcentrationPart | null {
  const uses = facts.uses.filter((use) => isCritical(use.function) && goesOn(use.endsOn, today));
  if (uses.length === 0) return null;
  const services = new Set(uses.map(({ service }) => service));
  const links = facts.chain.filter(({ service }) => services.has(service));
  const providers = uses.map(({ provider }) => provider);
  const last = links.toSorted((a, b) => b.rank - a.rank)[0];
  return {
    id,
    groups: providers.map((provider) => ultimateParent(provider, byId)),
    notSubstitutable: facts.assessments
      .filter(
        ({ substitutability, service }) =>
          services.has(service) &&
          (substitutability === notSubstitutable || substitutability === highlyComplex),
      )
      .map(({ provider }) => provider),
    thirdCountry: [...providers, ...links.map(({ provider }) => provider)].filter(
      (provider) => !isInEea(byId.get(provider)?.country ?? 'LU'),
    ),
    longChain: last && last.rank >= longChainFrom ? last : null,
  };
}

/** Concentrations out of the parts of contracts. */
export function joinConcentrations(
  parts: readonly ConcentrationPart[],
  byId: ById,
): Concentration[] {
  return [
    ...gathered(parts, ({ groups }) => groups)
      .filter(([, contracts]) => contracts.length >= severalFrom)
      .map(([provider, contracts]): Concentration => ({
        kind: 'several-critical',
        article: 'DORA 29(1)(b)',
        provider,
        contracts,
        detail: String(contracts.length),
      })),
    ...gathered(parts, (part) => part.notSubstitutable).map(
      ([provider, contracts]): Concentration => ({
        kind: 'not-substitutable',
        article: 'DORA 29(1)(a)',
        provider,
        contracts,
        detail: String(contracts.length),
      }),
    ),
    ...gathered(parts, ({ thirdCountry }) => thirdCountry).map(
      ([provider, contracts]): Concentration => ({
        kind: 'third-country',
        article: 'DORA 29(2)',
        provider,
        contracts,
        detail: byId.get(provider)?.country ?? '',
      }),
    ),
    ...parts.flatMap(({ id, longChain }): Concentration[] =>
      longChain
        ? [
            {
              kind: 'long-chain',
              article: 'DORA 29(2)',
              provider: longChain.provider,
              contracts: [id],
              detail: String(longChain.rank),
            },
          ]
        : [],
    ),
  ];
}

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
  const parts = contracts
    .map((contract) => concentrationPart(contract, byId, isCritical, today))
    .filter((part) => part !== null);
  return joinConcentrations(parts, byId);
}

/** The top of the group that a provider belongs to; of parents that name one another in a ring, the least id. */
export function ultimateParent(id: string, byId: ById): string {
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

/** Contracts by what parts name, each once. */
function gathered(
  parts: readonly ConcentrationPart[],
  keysOf: (part: ConcentrationPart) => readonly string[],
): [key: string, contracts: string[]][] {
  const found = new Map<string, string[]>();
  for (const part of parts)
    for (const key of keysOf(part)) {
      const of = found.get(key);
      if (of === undefined) found.set(key, [part.id]);
      // Parts come one after the other, so one that was added is the last.
      else if (of.at(-1) !== part.id) of.push(part.id);
    }
  return [...found];
}
