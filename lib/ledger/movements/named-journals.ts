/** Journals by whatever people know what was booked by. Each look goes by an index. */
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';

/** One text names one thing, and hardly anything is booked in more journals than this. */
const namedMax = 200;

const journalNumber = /^[1-9]\d{0,17}$/;
const correctionNumber = /^LC-\d{6,12}$/;
const operationNumber = /^[A-Z]{2,4}-\d{4}-\d{4,12}$/;
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * @param text number or id of an operation, transaction id, number or key of a journal, number of a
 *   correction, reference of a bank's entry.
 * @returns numbers of the journals it names; none when nothing is known by it.
 */
export async function namedJournals(db: Database | Tx, text: string): Promise<bigint[]> {
  const found = new Set<bigint>();
  const keyed = await db.journal.findMany({
    where: {
      OR: [{ idempotencyKey: text }, ...(journalNumber.test(text) ? [{ id: BigInt(text) }] : [])],
    },
    select: { id: true },
  });
  for (const { id } of keyed) found.add(id);
  const operation = await operationOf(db, text);
  if (operation !== null) {
    const journals = await db.journal.findMany({
      where: { operationId: operation },
      select: { id: true },
      take: namedMax,
    });
    for (const { id } of journals) found.add(id);
  }
  const chains = await db.vault.findMany({ distinct: ['chain'], select: { chain: true } });
  const deposits = await db.deposit.findMany({
    where: { chain: { in: chains.map(({ chain }) => chain) }, txid: text },
    select: { journalId: true, reversal: { select: { journalId: true } } },
    take: namedMax,
  });
  for (const { journalId, reversal } of deposits) {
    found.add(journalId);
    if (reversal) found.add(reversal.journalId);
  }
  if (correctionNumber.test(text)) {
    const correction = await db.ledgerCorrection.findUnique({ where: { number: text } });
    if (correction?.journal) found.add(correction.journal);
  }
  for (const id of await bookedAs(db, text)) found.add(id);
  return [...found].slice(0, namedMax);
}

async function operationOf(db: Database | Tx, text: string): Promise<string | null> {
  if (uuid.test(text)) return text;
  if (operationNumber.test(text)) {
    const row = await db.operation.findUnique({ where: { number: text }, select: { id: true } });
    return row?.id ?? null;
  }
  const sent = await db.chainTransaction.findUnique({
    where: { txid: text },
    select: { operationId: true },
  });
  return sent?.operationId ?? null;
}

/** Entries are known by account and reference; there are tens of accounts. */
async function bookedAs(db: Database | Tx, reference: string): Promise<bigint[]> {
  const accounts = await db.bankAccount.findMany({ select: { id: true }, take: namedMax });
  const entries = await db.bankEntry.findMany({
    where: { accountId: { in: accounts.map(({ id }) => id) }, reference },
    select: { booking: { select: { journalId: true } } },
    take: namedMax,
  });
  return entries.flatMap(({ booking }) => booking?.journalId ?? []);
}
