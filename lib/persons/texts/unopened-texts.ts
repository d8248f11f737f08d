/**
 * The worker's look at texts of which somebody's page said that they do not open: it opens each itself, and puts those
 * that really do not on record, where an incident follows.
 */
import type { TextTable } from '#lib/audit/sealed-text.ts';
import type { Context } from '#lib/platform/context.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { openFound } from './open-found.ts';
import { isTextTable, textRows } from './text-rows.ts';

/** Texts that wait for a look; whoever opens a page again tells of those beyond. */
const waitingMax = 1_000;
/** Texts in one look. */
const atOnce = 50;
const commitmentForm = /^[0-9a-f]{64}$/;

export class UnopenedTexts {
  readonly #db: Database;
  readonly #waiting = new Set<string>();
  /** On record already, so that a page that is opened again and again costs nothing. */
  readonly #noted = new Set<string>();

  constructor({ db }: Pick<Context, 'db'>) {
    this.#db = db;
  }

  /** @param id table and commitment, as anybody with the database may send them. */
  hear(id: string | null): void {
    if (id === null || this.#waiting.size >= waitingMax || this.#noted.has(id)) return;
    if (partsOf(id) !== null) this.#waiting.add(id);
  }

  /**
   * Looks at those that wait.
   * @returns how many were looked at.
   * @throws DataKeysError where the key service can't be reached; they wait on.
   */
  async look(): Promise<number> {
    const ids = [...this.#waiting].slice(0, atOnce);
    const byTable = new Map<TextTable, string[]>();
    for (const { table, commitment } of ids.map(partsOf).filter((parts) => parts !== null))
      byTable.set(table, [...(byTable.get(table) ?? []), commitment]);
    for (const [table, commitments] of byTable) {
      const found = await openFound(this.#db, table, await textRows(this.#db, table, commitments));
      for (const { row, fault } of found)
        if (fault !== null) this.#remember(`${table}/${row.commitment}`);
    }
    for (const id of ids) this.#waiting.delete(id);
    return ids.length;
  }

  #remember(id: string): void {
    const [oldest] = this.#noted;
    if (this.#noted.size >= waitingMax && oldest !== undefined) this.#noted.delete(oldest);
    this.#noted.add(id);
  }
}

function partsOf(id: string): { table: TextTable; commitment: string } | null {
  const [table = '', commitment = '', more] = id.split('/');
  if (more !== undefined || !isTextTable(table) || !commitmentForm.test(commitment)) return null;
  return { table, commitment };
}
