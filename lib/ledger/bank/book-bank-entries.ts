/** The worker's part of an imported statement: each entry becomes a journal, in the bank's order. */
import type { Database } from '#lib/platform/db/client.ts';
import type { Prisma } from '#lib/platform/db/generated/client.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inTransaction, type Tx } from '#lib/platform/db/transaction.ts';
import { unitsOf } from '#lib/platform/db/units-of.ts';
import { log } from '#lib/platform/log.ts';
import {
  attributeEntry,
  clientsNamed,
  type Attribution,
  type EntryFacts,
} from './attribute-entry.ts';
import { bookBankEntry } from './book-entry.ts';
import { noEntryText, openEntryTexts, type EntryText } from './entry-text.ts';
import { findTakenBack } from './find-taken-back.ts';

/** Entries of one statement that are booked in one pass; the next goes on from there. */
const entriesMax = 250;
const statementsMax = 20;

type Waiting = { id: bigint; account: string; asset: string };

/** Bank accounts that rest after a failure, by name; times in milliseconds. The worker's turns are such. */
export type BookingTurns = {
  resting: (now: number) => string[];
  went: (name: string) => void;
  failed: (name: string, now: number) => void;
};

/**
 * Books what was imported and is not booked yet. A statement waits for the one before it, and for no statement
 * of another account: one that fails is logged, and its account rests before it is tried again.
 * @param turns remembers from pass to pass which accounts failed; whoever calls shows those that keep failing.
 */
export async function bookBankEntries(db: Database, now: Date, turns: BookingTurns): Promise<void> {
  const waiting = await db.bankStatement.findMany({
    where: {
      booked: null,
      OR: [{ previous: null }, { previous: { booked: { isNot: null } } }],
      accountId: { notIn: turns.resting(now.getTime()) },
    },
    orderBy: { id: 'asc' },
    take: statementsMax,
    select: { id: true, account: { select: { id: true, currency: true } } },
  });
  for (const { id, account } of waiting) {
    try {
      await bookStatement(db, { id, account: account.id, asset: account.currency }, now);
      turns.went(account.id);
    } catch (error) {
      turns.failed(account.id, now.getTime());
      log.error({ err: error, account: account.id, statement: id }, 'statement cannot be booked');
    }
  }
}

async function bookStatement(db: Database, statement: Waiting, now: Date): Promise<void> {
  const entries = await db.bankEntry.findMany({
    where: { statementId: statement.id, booking: null },
    orderBy: { position: 'asc' },
    take: entriesMax,
    include: { text: true },
  });
  const texts = await textsOf(entries);
  for (const [index, entry] of entries.entries())
    await book(db, statement, { ...entry, said: texts[index] ?? noEntryText }, now);
  if (entries.length === entriesMax) return;
  await inTransaction(db, async (tx) => {
    await tx.bankStatementBooked.create({ data: { statementId: statement.id, bookedAt: now } });
    await publish(tx, { topic: 'ledger', id: statement.account });
  });
}

type Entry = Prisma.BankEntryGetPayload<{ include: { text: true } }>;

/** What payers wrote, of all of them at once: while keys are away, the statement waits. */
async function textsOf(entries: readonly Entry[]): Promise<EntryText[]> {
  const texts = entries.map(({ text }) => text);
  const opened = await openEntryTexts(texts.filter((text) => text !== null));
  let next = 0;
  return texts.map((text) => (text ? (opened[next++] ?? noEntryText) : noEntryText));
}

async function book(
  db: Database,
  { account, asset }: Waiting,
  { statementId, position, said, ...entry }: Omit<Entry, 'text'> & { said: EntryText },
  at: Date,
): Promise<void> {
  const amount = unitsOf(entry.amount);
  const facts = { ...entry, position, amount, remittance: said.remittance };
  await inTransaction(db, async (tx) => {
    const attribution = await attribute(tx, facts);
    const { reference } = entry;
    const takenBack =
      attribution.cause === 'reversal' && amount < 0n
        ? await findTakenBack(tx, {
            account,
            asset,
            statementId,
            position,
            amount,
          })
        : null;
    const toBook = { account, asset, reference, amount, attribution, takenBack, at };
    const booked = await bookBankEntry(tx, toBook);
    if (!booked.ok)
      throw new Error(
        `Booking entry ${position} of statement ${statementId} was refused: ${booked.refusal.code}`,
      );
    await tx.bankBooking.create({
      data: {
        statementId,
        position,
        journalId: booked.value.journal,
        clientId: attribution.client,
        cause: attribution.cause,
        bookedAt: at,
      },
    });
  });
}

/** Clients are looked up among those that the text names; it can name no more than fit into it. */
async function attribute(tx: Tx, facts: EntryFacts): Promise<Attribution> {
  const named = clientsNamed(facts.remittance);
  const known =
    named.length === 1
      ? await tx.client.findMany({ where: { id: { in: named } }, select: { id: true } })
      : [];
  return attributeEntry(facts, (client) => known.some(({ id }) => id === client));
}
