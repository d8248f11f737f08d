/** What left vaults unexplained: for the alarm on every page, and as a record. */
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { operatorNames, type NameOf } from '#lib/persons/operator-names.ts';
import type { Context } from '#lib/platform/context.ts';
import { unitsOf } from '#lib/platform/db/units-of.ts';
import { listCursor, listCursorText } from '#lib/platform/list-cursor.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { shownText } from '#lib/protocol/free-text.ts';
import { amountText } from './ledger-text.ts';

export type OutflowView = {
  id: string;
  vault: string;
  vaultName: string;
  chain: string;
  txid: string;
  asset: string;
  /** Exact decimal text in whole units of the asset. */
  amount: string;
  slot: string;
  /** ISO instant. */
  notedAt: string;
  incident: string;
  /** Who said that they have seen it; null while nobody has. */
  seen: { by: string; at: string } | null;
};

export type OutflowPage = { rows: OutflowView[]; next: string | null };

const pageSize = 50;
const include = {
  vault: { select: { name: true } },
  seen: true,
} as const;
const newestFirst = [{ notedAt: 'desc' as const }, { id: 'asc' as const }];

type Row = {
  id: string;
  vaultId: string;
  chain: string;
  txid: string;
  asset: string;
  amount: Parameters<typeof unitsOf>[0];
  slot: bigint;
  notedAt: Date;
  incident: string;
  vault: { name: string };
  seen: { at: Date; personId: string } | null;
};

const viewOf = (row: Row, nameOf: NameOf): OutflowView => ({
  id: row.id,
  vault: row.vaultId,
  vaultName: shownText(row.vault.name),
  chain: row.chain,
  txid: row.txid,
  asset: row.asset,
  amount: amountText(unitsOf(row.amount).toString(), row.asset),
  slot: row.slot.toString(),
  notedAt: row.notedAt.toISOString(),
  incident: row.incident,
  seen: row.seen && {
    by: nameOf(row.seen.personId),
    at: row.seen.at.toISOString(),
  },
});

export type OutflowAlarm = {
  /** The newest that nobody has said they have seen. */
  newest: Pick<OutflowView, 'vaultName' | 'asset' | 'amount' | 'notedAt'> | null;
  /** How many more there are. */
  others: number;
};

/** What nobody has said they have seen; nothing for those who may not see vaults. */
export async function viewOutflowAlarm(
  actor: Actor,
  { db }: Context,
): Promise<Result<OutflowAlarm>> {
  if (!actor.scopes.has('vault:read')) return ok({ newest: null, others: 0 });
  const where = { seen: { is: null } };
  const [row, count] = await Promise.all([
    db.outflow.findFirst({ where, include, orderBy: newestFirst }),
    db.outflow.count({ where }),
  ]);
  if (!row) return ok({ newest: null, others: 0 });
  const { vaultName, asset, amount, notedAt } = viewOf(row, (person) => person);
  return ok({ newest: { vaultName, asset, amount, notedAt }, others: count - 1 });
}

/** All of them, newest first, a page at a time. @param input.after cursor of the page before. */
export async function listOutflows(
  actor: Actor,
  input: { after: string | null },
  { db }: Context,
): Promise<Result<OutflowPage>> {
  const refused = lacksScope(actor, 'vault:read');
  if (refused) return refused;
  const cursor = listCursor.safeParse(input.after);
  const rows = await db.outflow.findMany({
    where: cursor.success
      ? {
          OR: [
            { notedAt: { lt: cursor.data.at } },
            { notedAt: cursor.data.at, id: { gt: cursor.data.id } },
          ],
        }
      : {},
    include,
    orderBy: newestFirst,
    take: pageSize + 1,
  });
  const page = rows.slice(0, pageSize);
  const nameOf = await operatorNames(db);
  const last = page.at(-1);
  return ok({
    rows: page.map((row) => viewOf(row, nameOf)),
    next: rows.length > pageSize && last ? listCursorText({ at: last.notedAt, id: last.id }) : null,
  });
}
