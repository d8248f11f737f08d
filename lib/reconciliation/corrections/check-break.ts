/** Whether a break can be closed by a correction: it is what it was when the correction was raised. */
import { bankAccount, vaultAccount } from '#lib/ledger/accounts.ts';
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { refuse, type Refused } from '#lib/platform/result.ts';
import { assetOfAccount, type CorrectionDocument } from '#lib/protocol/correction.ts';
import { lifeOf, type BreakRow } from '../breaks/break-row.ts';
import { stepBreak, type LifeRefusal } from '../breaks/lifecycle.ts';

export type BreakFault =
  | LifeRefusal
  | 'break-unknown'
  | 'break-changed'
  | 'break-untouched'
  | 'break-has-correction'
  | 'other-asset';

type Content = Pick<CorrectionDocument, 'lines' | 'break' | 'raisedBy'> & { correction: string };

/** The account of the books that a break is about; null where it is about all of them. */
export function accountOfBreak({
  kind,
  place,
  asset,
}: Pick<BreakRow, 'kind' | 'place' | 'asset'>): string | null {
  if (kind === 'liabilities') return null;
  return kind === 'bank' ? bankAccount(place, asset) : vaultAccount(place, asset);
}

export async function findBreakFault(
  db: Database | Tx,
  { break: answered, lines, raisedBy, correction }: Content,
  at: Date,
): Promise<Refused<BreakFault> | null> {
  if (answered === null) return null;
  const row = await db.breakRecord.findUnique({ where: { id: answered.id } });
  if (!row) return refuse('break-unknown', 'There is no such break.');
  const life = lifeOf(row);
  const proposal = { by: raisedBy, how: 'correction', journal: null } as const;
  const allowed = stepBreak(life, { what: 'proposed', proposal });
  if (!allowed.ok) return allowed;
  if (row.content !== answered.content)
    return refuse(
      'break-changed',
      `The difference of ${row.number} is another now than the one this correction answers. Withdraw it and raise one for what it is now.`,
    );
  const stray = lines.find(({ account }) => assetOfAccount(account) !== row.asset);
  if (stray)
    return refuse(
      'other-asset',
      `${row.number} is about ${row.asset}, and ${stray.account} is not. Raise that by itself.`,
    );
  const account = accountOfBreak(row);
  if (account !== null && !lines.some((line) => line.account === account))
    return refuse(
      'break-untouched',
      `${row.number} is about ${account}, and no line moves that account. Add one, or explain the break instead.`,
    );
  const other = await db.ledgerCorrection.findFirst({
    where: {
      breakId: row.id,
      state: 'waiting',
      expiresAt: { gt: at },
      id: { not: correction },
    },
    select: { number: true },
  });
  return (
    other &&
    refuse(
      'break-has-correction',
      `${other.number} answers ${row.number} already and waits for a second person. Approve, decline or withdraw that first.`,
    )
  );
}
