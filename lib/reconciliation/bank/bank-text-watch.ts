/**
 * The worker's look through what payers wrote: whom an entry names is put on record, as it is for every other text when
 * it is kept. A statement has thousands of entries, so this comes after it was taken in.
 */
import { writeMentions } from '#lib/persons/texts/keep-texts.ts';
import { peopleIn } from '#lib/persons/texts/people-in.ts';
import { openFound } from '#lib/persons/texts/open-found.ts';
import type { Context } from '#lib/platform/context.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';

const table = 'bank_entry_text';

/** Entries in one look; the next goes on from there. */
const entriesMax = 250;

export class BankTextWatch {
  readonly #db: Database;

  constructor({ db }: Pick<Context, 'db'>) {
    this.#db = db;
  }

  /**
   * Looks through the next entries of the oldest statement that is not through yet. One that does not open is put on
   * record and passed over: every erasure waits for this look.
   * @returns how many entries were looked at.
   * @throws DataKeysError where the key service can't be reached; the next look begins at the same entry.
   */
  async look(): Promise<number> {
    const next = await nextOf(this.#db);
    if (!next) return 0;
    const { statementId, position } = next;
    const rows = await this.#db.bankEntryText.findMany({
      where: { statementId, position: { gt: position } },
      orderBy: { position: 'asc' },
      take: entriesMax,
    });
    const found = await openFound(this.#db, table, rows);
    const people = await peopleIn(
      this.#db,
      found.map(({ words }) => words),
    );
    const looked = {
      position: rows.at(-1)?.position ?? position,
      done: rows.length < entriesMax,
    };
    await inTransaction(this.#db, async (tx) => {
      await writeMentions(
        tx,
        table,
        rows.map(({ commitment }, index) => ({ commitment, people: people[index] ?? [] })),
      );
      await tx.bankTextLooked.upsert({
        where: { statementId },
        create: { statementId, ...looked },
        update: looked,
        select: { statementId: true },
      });
    });
    return rows.length;
  }
}

/** The statement that is looked through, and the position up to which it was. */
async function nextOf(db: Database): Promise<{ statementId: bigint; position: number } | null> {
  const begun = await db.bankTextLooked.findFirst({
    where: { done: false },
    orderBy: { statementId: 'asc' },
  });
  if (begun) return begun;
  const fresh = await db.bankStatement.findFirst({
    where: { looked: null },
    orderBy: { id: 'asc' },
    select: { id: true },
  });
  return fresh && { statementId: fresh.id, position: -1 };
}
