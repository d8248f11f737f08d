import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { factsOfAccount, type BankAccountFacts } from './account-facts.ts';

/** A custodian has a handful of accounts with clients' money. */
const accountsMax = 100;

export type BankAccountsView = { accounts: BankAccountFacts[]; mayWrite: boolean };

/** The accounts with clients' money at credit institutions, by their names. */
export async function listBankAccounts(
  actor: Actor,
  context: Context,
): Promise<Result<BankAccountsView>> {
  const refused = lacksScope(actor, 'ledger:read');
  if (refused) return refused;
  return inSnapshot(context.db, async (db) => {
    const rows = await db.bankAccount.findMany({ orderBy: { id: 'asc' }, take: accountsMax });
    const accounts: BankAccountFacts[] = [];
    for (const row of rows) accounts.push(await factsOfAccount(db, row, context.clock()));
    return ok({ accounts, mayWrite: actor.scopes.has('bank:write') });
  });
}
