/** One ledger account: where it stands, what is held on it, and its movements. */
import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { decimalsShown } from '#lib/chains/unknown-asset.ts';
import { hasCreditBalance } from '#lib/ledger/accounts.ts';
import { pendingDeposits } from '#lib/ledger/deposits/pending-deposits.ts';
import type { MovementFilter } from '#lib/ledger/movements/filter.ts';
import { findMovements, type PageStart } from '#lib/ledger/movements/find-movements.ts';
import type { StatementCursor } from '#lib/ledger/queries.ts';
import type { Context } from '#lib/platform/context.ts';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { unitsOf } from '#lib/platform/db/units-of.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import type { Asked } from '#lib/platform/search-params.ts';
import { shownText } from '#lib/protocol/free-text.ts';
import { amountText, normalBalance, numbersOf } from './ledger-text.ts';
import { askedOf, readFilter } from './movement-filter.ts';
import { entryRest, findPutBack, suspenseRests, type EntryRest } from './suspense-rest.ts';

export type LedgerAccountView = {
  account: string;
  kind: string;
  asset: string;
  /** What people call the vault, null for any other account. */
  vaultName: string | null;
  /** True when more credits than debits is its normal state. */
  isCredit: boolean;
  balance: string;
  /** Only on client accounts. */
  held: string | null;
  available: string | null;
  /** What the held amount is held for, newest first. */
  holds: { operation: string; operationNumber: string; amount: string; placedAt: string }[];
  /** True when there are more holds than are listed. */
  hasMoreHolds: boolean;
  /** Deposits that the chain may still undo, newest first: not part of any balance. Of clients and vaults only. */
  pending: { txid: string; place: string; amount: string; height: string; seenAt: string }[];
  hasMorePending: boolean;
  lines: {
    journal: string;
    line: number;
    kind: string;
    operation: string | null;
    operationNumber: string | null;
    postedAt: string;
    /** What it adds to the balance on the account's normal side; negative takes away. */
    change: string;
    balance: string;
    /** Only of what came in on a suspense account: how much of it is still nobody's. */
    rest: EntryRest | null;
  }[];
  /** What was asked for, as it was written: fills the form and follows to other pages. */
  asked: ReturnType<typeof askedOf>;
  order: MovementFilter['order'];
  /** Why what was asked for can't be answered; nothing is listed then. */
  problem: string | null;
  /** Begins the page that follows in this order; null at the end. */
  next: string | null;
  /** Begins the page before this one; null on the first. */
  back: string | null;
  /** Journal at which the search stopped for this page with more to look at; null when it saw all. */
  lookedUpTo: string | null;
};

const holdsShown = 50;
const pendingShown = 50;
const linesShown = 50;

const accountName = z.string().regex(/^[a-z-]{3,20}\/[A-Za-z0-9-]{1,64}\/[A-Z0-9]{2,12}$/);
const lineCursor = z
  .string()
  .regex(/^[1-9]\d{0,17}_\d{1,4}$/)
  .transform((cursor) => cursor.split('_') as [string, string]);

export async function viewLedgerAccount(
  actor: Actor,
  input: {
    account: string;
    /** Cursor of the page of newer movements. */
    before: string | null;
    /** Cursor of the page of older movements. */
    after?: string | null;
    asked?: Asked;
  },
  context: Context,
): Promise<Result<LedgerAccountView>> {
  const refused = lacksScope(actor, 'ledger:read');
  if (refused) return refused;
  const name = accountName.safeParse(input.account);
  if (!name.success) return unknown();
  const start = startAt('older', input.before) ?? startAt('newer', input.after ?? null);
  return inSnapshot(context.db, (db) =>
    readAccount(db, name.data, start, { asked: input.asked ?? {}, at: context.clock() }),
  );
}

/** Where a page begins; a cursor that is none begins at the first. */
function startAt(towards: PageStart['towards'], text: string | null): PageStart | null {
  const cursor = lineCursor.safeParse(text);
  if (!cursor.success) return null;
  const [journal, line] = cursor.data;
  return { towards, from: { journal, line: Number.parseInt(line, 10) } };
}

const cursorText = (cursor: StatementCursor | null): string | null =>
  cursor && `${cursor.journal}_${cursor.line}`;

const unknown = () => refuse('account-unknown', 'There is no such ledger account.');

async function readAccount(
  db: Tx,
  id: string,
  start: PageStart | null,
  { asked, at }: { asked: Asked; at: Date },
): Promise<Result<LedgerAccountView>> {
  const row = await db.account.findUnique({
    where: { id },
    include: { vault: { select: { name: true } } },
  });
  if (!row) return unknown();
  const filter = readFilter(asked, row.id, decimalsShown(row.asset));
  const page = filter.ok
    ? await findMovements(db, { account: row.id, filter: filter.value, start, limit: linesShown })
    : { lines: [], older: null, newer: null, lookedUpTo: null };
  const order = filter.ok ? filter.value.order : 'newest';
  const numbers = await numbersOf(
    page.lines.map(({ operation }) => operation),
    db,
  );
  const came = {
    account: row.id,
    journals: row.kind === 'suspense' ? page.lines.map(({ journal }) => journal) : [],
  };
  const rests = row.kind === 'suspense' ? await suspenseRests(db, { ...came, at }) : null;
  const putBack = await findPutBack(db, came);
  const holds = await findHolds(db, row);
  const pending = await findPending(db, row);
  const isCredit = hasCreditBalance(row.kind);
  const balance = normalBalance(row);
  const held = row.kind === 'client' ? unitsOf(row.held) : null;
  return ok({
    account: row.id,
    kind: row.kind,
    asset: row.asset,
    vaultName: row.vault ? shownText(row.vault.name) : null,
    isCredit,
    balance: amountText(balance, row.asset),
    held: held === null ? null : amountText(held, row.asset),
    available: held === null ? null : amountText(balance - held, row.asset),
    holds: holds.slice(0, holdsShown),
    hasMoreHolds: holds.length > holdsShown,
    pending: pending.slice(0, pendingShown),
    hasMorePending: pending.length > pendingShown,
    lines: page.lines.map((line) => ({
      journal: line.journal,
      line: line.line,
      kind: line.kind,
      operation: line.operation,
      operationNumber: numbers.get(line.operation ?? '') ?? null,
      postedAt: line.postedAt,
      change: amountText(isCredit ? -BigInt(line.amount) : BigInt(line.amount), row.asset),
      balance: amountText(line.balance, row.asset),
      rest:
        rests && BigInt(line.amount) < 0n && !putBack.has(line.journal)
          ? entryRest(-BigInt(line.amount), rests.get(line.journal), row.asset)
          : null,
    })),
    asked: askedOf(asked),
    order,
    problem: filter.ok ? null : filter.refusal.sentence,
    next: cursorText(order === 'newest' ? page.older : page.newer),
    back: cursorText(order === 'newest' ? page.newer : page.older),
    lookedUpTo: page.lookedUpTo,
  });
}

async function findPending(
  db: Tx,
  { asset, clientId, vaultId }: { asset: string; clientId: string | null; vaultId: string | null },
): Promise<LedgerAccountView['pending']> {
  if (clientId === null && vaultId === null) return [];
  const of = clientId === null ? { vault: vaultId ?? '', asset } : { client: clientId, asset };
  const rows = await pendingDeposits(db, of, pendingShown + 1);
  return rows.map(({ txid, place, amount, height, seenAt }) => ({
    txid,
    place,
    amount: amountText(amount, asset),
    height,
    seenAt,
  }));
}

async function findHolds(
  db: Tx,
  account: { id: string; kind: string; asset: string },
): Promise<LedgerAccountView['holds']> {
  if (account.kind !== 'client') return [];
  const rows = await db.hold.findMany({
    where: { accountId: account.id, resolution: { is: null } },
    orderBy: [{ placedAt: 'desc' }, { id: 'asc' }],
    take: holdsShown + 1,
    include: { operation: { select: { number: true } } },
  });
  return rows.map((hold) => ({
    operation: hold.operationId,
    operationNumber: hold.operation.number,
    amount: amountText(unitsOf(hold.amount), account.asset),
    placedAt: hold.placedAt.toISOString(),
  }));
}
