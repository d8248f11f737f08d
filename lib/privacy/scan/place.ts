/** Where a value was found. It names the place and the number of the value, and never the value. */
export type Place = {
  sort: 'table' | 'sealed' | 'file' | 'backup';
  /** Table and column, the path of the file, or the folder of a backup with the table. */
  where: string;
  /** Key of the row; null for a file and a backup. */
  row: string | null;
  /** Numbers of the values that stand there, from 0. */
  values: readonly number[];
};

/** Places of one table, column or folder that are named; the rest is only counted. */
export const NAMED_MAX = 20;

/** Gathers places and bounds how many of one kind are named. */
export class Places {
  readonly named: Place[] = [];
  count = 0;
  readonly #of = new Map<string, number>();
  readonly #most: number;

  /** @param most how many of one table, column or folder are named. */
  constructor(most = NAMED_MAX) {
    this.#most = most;
  }

  add(place: Place): void {
    this.count += 1;
    const before = this.#of.get(place.where) ?? 0;
    this.#of.set(place.where, before + 1);
    if (before < this.#most) this.named.push(place);
  }
}
