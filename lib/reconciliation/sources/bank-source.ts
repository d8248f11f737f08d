/**
 * Statements of credit institutions as a source: what the newest imported one closes with, and each
 * entry of it and of those since the last run. A journal is known by the bank's own reference.
 */
import { bankAccount } from '#lib/ledger/accounts.ts';
import { bankEntryKey } from '#lib/ledger/bank/book-entry.ts';
import type { Context } from '#lib/platform/context.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { unitsOf } from '#lib/platform/db/units-of.ts';
import { ok, refuse } from '#lib/platform/result.ts';
import type { Item } from '../matching/item.ts';
import type { Place } from '../place.ts';
import { bankPlaces } from './bank-places.ts';
import { itemsMax, type JournalName, type OutsideSource, type Since } from './outside-source.ts';

export function bankSource({ db }: Pick<Context, 'db'>): OutsideSource {
  return {
    graceSeconds: 0,
    places: () => bankPlaces(db),
    accounts: ({ place, asset }) => [bankAccount(place, asset)],
    isAfter: (position, cut) => BigInt(position) > BigInt(cut),
    read: (place, since) => readStatements(db, place, since),
    namesOf: (_place, journals) => bankNames(db, journals),
  };
}

/** @param since its mark is the number of the last statement that was looked at. */
async function readStatements(db: Database, { place }: Place, since: Since) {
  const newest = await db.bankStatement.findFirst({
    where: { accountId: place },
    orderBy: { id: 'desc' },
    include: { account: { select: { institution: true } } },
  });
  if (!newest)
    return refuse(
      'nothing-to-read',
      `No statement of account ${place} has been imported yet. Import one under Bank accounts.`,
    );
  const entries = await db.bankEntry.findMany({
    where: {
      accountId: place,
      statementId: { gt: BigInt(since.mark ?? '0'), lte: newest.id },
    },
    orderBy: [{ statementId: 'asc' }, { position: 'asc' }],
    take: itemsMax + 1,
    include: { booking: { select: { journalId: true } } },
  });
  if (entries.length > itemsMax)
    return refuse(
      'too-many-items',
      `More than ${itemsMax} entries came since the last run. Ask for a longer limit before you go on.`,
    );
  const unbooked = await stillUnbooked(db, place, since.open);
  return ok({
    source: `statement ${newest.bankId} of ${newest.account.institution}`,
    position: newest.id.toString(),
    balance: unitsOf(newest.closing),
    items: [
      ...since.open.map((item) => ({ ...item, underWay: unbooked.has(item.ref) })),
      ...entries.map((entry): Item => ({
        ref: entryName(entry),
        transaction: bankEntryKey(place, entry.reference),
        reference: entry.reference,
        amount: unitsOf(entry.amount).toString(),
        at: entry.bookingDay.toISOString(),
        corrects: null,
        position: null,
        // The worker books entries in their order, a moment after they were imported.
        underWay: entry.booking === null,
      })),
    ],
    mark: newest.id.toString(),
  });
}

const entryName = ({ statementId, position }: { statementId: bigint; position: number }): string =>
  `entry:${statementId}:${position}`;

/** Open entries of earlier runs that have no journal yet. */
async function stillUnbooked(
  db: Database,
  place: string,
  open: readonly Item[],
): Promise<ReadonlySet<string>> {
  if (open.length === 0) return new Set();
  const rows = await db.bankEntry.findMany({
    where: { accountId: place, booking: null },
    select: { statementId: true, position: true },
    take: itemsMax,
  });
  return new Set(rows.map(entryName));
}

async function bankNames(
  db: Database,
  journals: readonly bigint[],
): Promise<ReadonlyMap<string, JournalName>> {
  const rows = await db.$queryRaw<{ journal: string; key: string; statement: string | null }[]>`
    select j.id::text as journal, j.idempotency_key as key, b.statement_id::text as statement
      from journal j left join bank_booking b on b.journal_id = j.id
      where j.id = any(${[...journals]}::bigint[]) and j.kind = 'bank-entry'`;
  return new Map(
    rows.map(({ journal, key, statement }) => [
      journal,
      { transaction: key, reference: null, position: statement },
    ]),
  );
}
