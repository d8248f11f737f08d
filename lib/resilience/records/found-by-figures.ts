/** The records behind a number of the overview, the register or a pack. Pure. */
import type { Concentration } from '../concentration.ts';
import type { Gap } from '../invariants.ts';
import type { Kind } from './kinds.ts';
import type { FrameworkFigures } from './reckon-framework.ts';

/** What critical functions lack, each with the list of functions, and of contracts where a contract lacks it. */
export const foundGaps = {
  'lack-rto': 'rto',
  'lack-rpo': 'rpo',
  'lack-plan': 'plan',
  'lack-test': 'test',
  'lack-assessment': 'assessment',
  'lack-exit-plan': 'exit-plan',
} as const satisfies Record<string, Gap['what']>;

/** Concentrations, by their kind: the providers that they name, and the contracts that they rest on. */
const foundConcentrations = [
  'several-critical',
  'not-substitutable',
  'third-country',
  'long-chain',
] as const satisfies readonly Concentration['kind'][];

/** Figures that stand for a list, with the kinds of records that they are about. */
export const foundKinds = {
  'in-force': ['contract'],
  'in-force-critical': ['contract'],
  'exit-untested': ['contract'],
  'lack-clauses': ['contract'],
  'without-transfer': ['contract'],
  gaps: ['function'],
  'lack-rto': ['function'],
  'lack-rpo': ['function'],
  'lack-plan': ['function'],
  'lack-test': ['function'],
  'lack-assessment': ['function', 'contract'],
  'lack-exit-plan': ['function', 'contract'],
  concentration: ['provider'],
  'several-critical': ['provider', 'contract'],
  'not-substitutable': ['provider', 'contract'],
  'third-country': ['provider', 'contract'],
  'long-chain': ['provider', 'contract'],
} as const satisfies Record<string, readonly Kind[]>;
export type Found = keyof typeof foundKinds;
export const founds = Object.keys(foundKinds) as Found[];

/** Those that the database finds by what stands in a contract; ids of the others are among the figures. */
const foundInFacts = [
  'in-force',
  'in-force-critical',
  'exit-untested',
  'without-transfer',
] as const;
export type FoundInFacts = (typeof foundInFacts)[number];
export const isFoundInFacts = (found: Found): found is FoundInFacts =>
  foundInFacts.some((one) => one === found);

export const isAbout = (found: Found, kind: Kind): boolean =>
  foundKinds[found].some((one) => one === kind);

/** Ids of what a figure found, each once; none where it is about another kind of record. */
export function idsFound(
  found: Exclude<Found, FoundInFacts>,
  kind: Kind,
  figures: Pick<FrameworkFigures, 'gaps' | 'concentrations' | 'clauses'>,
): string[] {
  return isAbout(found, kind) ? [...new Set(allFound(found, kind, figures))] : [];
}

function allFound(
  found: Exclude<Found, FoundInFacts>,
  kind: Kind,
  { gaps, concentrations, clauses }: Pick<FrameworkFigures, 'gaps' | 'concentrations' | 'clauses'>,
): string[] {
  switch (found) {
    case 'lack-clauses':
      return clauses.map(({ contract }) => contract);
    case 'gaps':
      return gaps.map((gap) => gap.function);
    case 'concentration':
      return concentrations.map(({ provider }) => provider);
    case 'several-critical':
    case 'not-substitutable':
    case 'third-country':
    case 'long-chain':
      return concentrations
        .filter((one) => one.kind === found)
        .flatMap(({ provider, contracts }) => (kind === 'provider' ? [provider] : contracts));
    default:
      return gaps
        .filter(({ what }) => what === foundGaps[found])
        .flatMap(({ function: lacking, contract }) =>
          kind === 'function' ? [lacking] : contract === null ? [] : [contract],
        );
  }
}

export type FoundCount<F extends Found> = { found: F; kind: Kind; count: number };

/** How many functions lack each thing that any lacks. */
export const countGaps = (
  figures: Pick<FrameworkFigures, 'gaps' | 'concentrations' | 'clauses'>,
): FoundCount<keyof typeof foundGaps>[] =>
  (Object.keys(foundGaps) as (keyof typeof foundGaps)[])
    .map((found) => ({
      found,
      kind: 'function' as const,
      count: idsFound(found, 'function', figures).length,
    }))
    .filter(({ count }) => count > 0);

/** How many providers stand in each kind of concentration that there is. */
export const countConcentrations = (
  figures: Pick<FrameworkFigures, 'gaps' | 'concentrations' | 'clauses'>,
): FoundCount<(typeof foundConcentrations)[number]>[] =>
  foundConcentrations
    .map((found) => ({
      found,
      kind: 'provider' as const,
      count: idsFound(found, 'provider', figures).length,
    }))
    .filter(({ count }) => count > 0);
