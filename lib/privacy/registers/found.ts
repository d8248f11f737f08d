import { findingArticle, findingWeight, type FindingCode, type Weight } from './finding-words.ts';
import type { Kept } from './registers.ts';

/** Something in a register that is missing or wrong. */
export type Found = {
  code: FindingCode;
  weight: Weight;
  /** The record that it is in. */
  record: string;
  number: string;
  name: string;
  /** The field to mend; null where it is another record that is missing. */
  field: string | null;
  /** What is missing and what to do. */
  sentence: string;
  article: string;
};

/** Collects what is found in one record. */
export class Findings {
  readonly all: Found[] = [];
  readonly #of: Pick<Kept<unknown>, 'id' | 'number' | 'name'>;

  constructor(of: Pick<Kept<unknown>, 'id' | 'number' | 'name'>) {
    this.#of = of;
  }

  add(code: FindingCode, field: string | null, sentence: string): void {
    const { id: record, number, name } = this.#of;
    const [weight, article] = [findingWeight(code), findingArticle(code)];
    this.all.push({ code, weight, record, number, name, field, sentence, article });
  }
}

/** The longest list of names within a sentence. */
const namesMax = 5;

export function inWords(names: readonly string[]): string {
  const shown = names.slice(0, namesMax);
  return names.length > namesMax ? `${shown.join(', ')} and more` : shown.join(', ');
}
