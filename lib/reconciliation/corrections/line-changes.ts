/** What each line of a correction does to its account, before and after. */
import { hasCreditBalance } from '#lib/ledger/accounts.ts';
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { unitsOf } from '#lib/platform/db/units-of.ts';
import { lineView, vaultNames, type LineView } from '#lib/operations/ledger-text.ts';
import { assetOfAccount, type CorrectionLine } from '#lib/protocol/correction.ts';
import { unitsText } from '../amount-text.ts';

export type LineChange = LineView & {
  /** On the account's normal side, as exact decimal text; null where it would say nothing any more. */
  before: string | null;
  after: string | null;
  /** What it adds on that side; a minus in front takes away. */
  change: string;
  /** Only where a client's account is to give something up: what is left available after it. */
  availableAfter: string | null;
};

/**
 * @param journal number of the posted journal, whose lines say what the accounts stood at after them; null
 *   for what the accounts stand at now.
 * @param isOpen false for one that ended without a journal, which changes nothing.
 */
export async function lineChanges(
  db: Database | Tx,
  lines: readonly CorrectionLine[],
  { journal, isOpen }: { journal: bigint | null; isOpen: boolean },
): Promise<LineChange[]> {
  const names = await vaultNames(db);
  const ids = lines.map(({ account }) => account);
  const rows = isOpen ? await db.account.findMany({ where: { id: { in: ids } } }) : [];
  const postings =
    journal === null ? [] : await db.posting.findMany({ where: { journalId: journal } });
  return lines.map(({ account, amount }) => {
    const asset = assetOfAccount(account);
    const [kind = ''] = account.split('/');
    const sign = hasCreditBalance(kind) ? -1n : 1n;
    const change = sign * BigInt(amount);
    const row = rows.find(({ id }) => id === account);
    const posting = postings.find(({ accountId }) => accountId === account);
    const now = row ? sign * (unitsOf(row.debits) - unitsOf(row.credits)) : 0n;
    const after = posting ? sign * unitsOf(posting.balance) : isOpen ? now + change : null;
    const held = row ? unitsOf(row.held) : 0n;
    return {
      ...lineView({ account, asset, amount }, names),
      before: after === null ? null : unitsText(after - change, asset),
      after: after === null ? null : unitsText(after, asset),
      change: `${change > 0n ? '+' : ''}${unitsText(change, asset)}`,
      availableAfter:
        isOpen && kind === 'client' && after !== null ? unitsText(after - held, asset) : null,
    };
  });
}
