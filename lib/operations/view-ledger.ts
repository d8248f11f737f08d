/** The books as screens show them: balances of clients, vaults and the custodian, in exact decimal text. */
import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { clientBalances, vaultPositions } from '#lib/ledger/queries.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { assetCode, clientId } from '#lib/protocol/scalars.ts';
import { amountText, normalBalance } from './ledger-text.ts';

export type LedgerView = {
  clients: { client: string; asset: string; posted: string; held: string; available: string }[];
  /** Cursor of the next page of clients, null at the end. */
  next: string | null;
  vaults: { vault: string; name: string; asset: string; amount: string }[];
  /** Accounts of the custodian's own, and what nobody has claimed yet. */
  others: { account: string; kind: string; asset: string; balance: string }[];
};

const clientsPerPage = 100;
const clientCursor = z
  .string()
  .max(40)
  .transform((cursor) => cursor.split('_'))
  .pipe(z.tuple([clientId, assetCode]));

/** @param after cursor of the page of clients before; anything else starts at the first. */
export async function viewLedger(
  actor: Actor,
  input: { after: string | null },
  context: Context,
): Promise<Result<LedgerView>> {
  const refused = lacksScope(actor, 'ledger:read');
  if (refused) return refused;
  const cursor = clientCursor.safeParse(input.after);
  const after = cursor.success ? { client: cursor.data[0], asset: cursor.data[1] } : null;
  const [clients, positions, vaults, others] = await Promise.all([
    clientBalances(context.db, { limit: clientsPerPage + 1, ...(after ? { after } : {}) }),
    vaultPositions(context.db),
    context.db.vault.findMany({ select: { id: true, name: true }, take: 1000 }),
    context.db.account.findMany({
      where: { kind: { notIn: ['client', 'vault'] } },
      orderBy: { id: 'asc' },
      take: 200,
    }),
  ]);
  const nameOf = new Map(vaults.map((vault) => [vault.id, vault.name]));
  const shown = clients.slice(0, clientsPerPage);
  const last = shown.at(-1);
  return ok({
    clients: shown.map(({ client, asset, posted, held, available }) => ({
      client,
      asset,
      posted: amountText(posted, asset),
      held: amountText(held, asset),
      available: amountText(available, asset),
    })),
    next: clients.length > clientsPerPage && last ? `${last.client}_${last.asset}` : null,
    vaults: positions.map(({ vault, asset, amount }) => ({
      vault,
      name: nameOf.get(vault) ?? vault,
      asset,
      amount: amountText(amount, asset),
    })),
    others: others.map((account) => ({
      account: account.id,
      kind: account.kind,
      asset: account.asset,
      balance: amountText(normalBalance(account), account.asset),
    })),
  });
}
