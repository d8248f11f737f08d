/** The records behind a number of the overview. Pure. */
import type { Kind } from './kinds.ts';
import type { FrameworkFigures } from './reckon-framework.ts';

/** Figures that stand for a list, with the kind of its records. */
export const foundKinds = {
  'lack-clauses': 'contract',
  gaps: 'function',
  concentration: 'provider',
} as const satisfies Record<string, Kind>;
export type Found = keyof typeof foundKinds;
export const founds = Object.keys(foundKinds) as Found[];

/** Ids of what a figure found, each once; none where it is about another kind of record. */
export function idsFound(found: Found, kind: Kind, figures: FrameworkFigures): string[] {
  if (foundKinds[found] !== kind) return [];
  const all: Readonly<Record<Found, () => string[]>> = {
    'lack-clauses': () => figures.clauses.map(({ contract }) => contract),
    gaps: () => figures.gaps.map((gap) => gap.function),
    concentration: () => figures.concentrations.map(({ provider }) => provider),
  };
  return [...new Set(all[found]())];
}
