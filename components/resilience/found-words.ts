/** What a list may be asked for by what figures count, in words. Pure. */
import {
  foundGaps,
  founds,
  isAbout,
  type Found,
} from '#lib/resilience/records/found-by-figures.ts';
import type { Kind } from '#lib/resilience/records/kinds.ts';
import { gapWords } from './gap-words.ts';

const gapLabels = Object.fromEntries(
  Object.entries(foundGaps).map(([found, what]) => [found, gapWords[what]]),
) as Record<keyof typeof foundGaps, string>;

export const foundWords: Readonly<Record<Found, string>> = {
  ...gapLabels,
  'in-force': 'In force by its days',
  'in-force-critical': 'In force by its days, for critical functions',
  'exit-untested': 'Exit plan not tested within a year',
  'lack-clauses': 'Lacks clauses of Art 30',
  'without-transfer': 'Data outside the EEA, no transfer on record',
  gaps: 'Critical, and lacks something',
  concentration: 'Any concentration',
  'several-critical': 'Several contracts for critical functions',
  'not-substitutable': 'Hard or impossible to substitute',
  'third-country': 'Outside the European Economic Area',
  'long-chain': 'Long chain of subcontractors',
};

/** What records of a kind may be asked for; empty where no figure is about them. */
export const foundOptions = (kind: Kind): { value: Found; label: string }[] =>
  founds
    .filter((found) => isAbout(found, kind))
    .map((found) => ({ value: found, label: foundWords[found] }));
