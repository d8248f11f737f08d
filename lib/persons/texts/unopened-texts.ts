/**
 * The worker's look at texts of which somebody's page said that they do not open: it opens each itself, and puts those
 * that really do not on record, where an incident follows.
 */
import type { Context } from '#lib/platform/context.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { noteBroken, openFound, type BrokenRow } from './open-found.ts';
import { isTextTable, textRows } from './text-rows.ts';

/** Texts that wait for a look; whoever opens a page again tells of those beyond. */
const waitingMax = 1_000;
/** Texts in one look. */
const atOnce = 50;
const commitmentForm = /^[0-9a-f]{64}$/;

/** How texts of another table are looked at, which an area keeps otherwise. */
export type LooksAt = {
  table: string;
  /** Whether it can be what says which of its table a row is. */
  isRow(row: string): boolean;
  /** @returns those that do not open. @throws DataKeysError where the key service can't be reached. */
  look(db: Database, rows: readonly string[]): Promise<BrokenRow[]>;
};

export class UnopenedTexts {
  readonly #db: Database;
  readonly #more: ReadonlyMap<string, LooksAt>;
  readonly #waiting = new Set<string>();
  /** On record already, so that a page that is opened again and again costs nothing. */
  readonly #noted = new Set<string>();

  constructor({ db }: Pick<Context, 'db'>, more: readonly LooksAt[] = []) {
    this.#db = db;
    this.#more = new Map(more.map((one) => [one.table, one]));
  }

  /** @param id table, and what says which row, as anybody with the database may send them. */
  hear(id: string | null): void {
    if (id === null || this.#waiting.size >= waitingMax || this.#noted.has(id)) return;
    if (this.#partsOf(id) !== null) this.#waiting.add(id);
  }

  /**
   * Looks at those that wait.
   * @returns how many were looked at.
   * @throws DataKeysError where the key service can't be reached; they wait on.
   */
  async look(): Promise<number> {
    const ids = [...this.#waiting].slice(0, atOnce);
    const byTable = new Map<string, string[]>();
    for (const { table, row } of ids.map((id) => this.#partsOf(id)).filter((one) => one !== null))
      byTable.set(table, [...(byTable.get(table) ?? []), row]);
    for (const [table, rows] of byTable) {
      for (const row of await this.#brokenOf(table, rows)) this.#remember(`${table}/${row}`);
    }
    for (const id of ids) this.#waiting.delete(id);
    return ids.length;
  }

  /** Those that do not open; they are on record then. */
  async #brokenOf(table: string, rows: readonly string[]): Promise<string[]> {
    if (isTextTable(table)) {
      const found = await openFound(this.#db, table, await textRows(this.#db, table, rows));
      return found.flatMap(({ row, fault }) => (fault === null ? [] : [row.commitment]));
    }
    const broken = (await this.#more.get(table)?.look(this.#db, rows)) ?? [];
    await noteBroken(this.#db, broken);
    return broken.map(({ row }) => row);
  }

  #partsOf(id: string): { table: string; row: string } | null {
    const [table = '', row = '', more] = id.split('/');
    if (more !== undefined) return null;
    const isKnown = isTextTable(table)
      ? commitmentForm.test(row)
      : this.#more.get(table)?.isRow(row) === true;
    return isKnown ? { table, row } : null;
  }

  #remember(id: string): void {
    const [oldest] = this.#noted;
    if (this.#noted.size >= waitingMax && oldest !== undefined) this.#noted.delete(oldest);
    this.#noted.add(id);
  }
}
