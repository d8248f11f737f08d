/** Whether the books as they stand now let a correction come in. Asked when it is raised and when it is approved. */
import { hasCreditBalance } from '#lib/ledger/accounts.ts';
import { suspenseRests } from '#lib/operations/suspense-rest.ts';
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { unitsOf } from '#lib/platform/db/units-of.ts';
import { refuse, type Refused } from '#lib/platform/result.ts';
import {
  assetOfAccount,
  type CorrectionDocument,
  type CorrectionLine,
} from '#lib/protocol/correction.ts';
import { unitsText } from '../amount-text.ts';
import { findBreakFault, type BreakFault } from './check-break.ts';
import { mayOpen } from './known-accounts.ts';
import { accountUnknown, findLinesFault, type LinesRefusal } from './read-lines.ts';

export type GroundRefusal =
  | LinesRefusal
  | BreakFault
  | 'other-asset'
  | 'journal-unknown'
  | 'own-correction'
  | 'entry-taken'
  | 'insufficient-balance'
  | 'suspense-short'
  | 'missing-exceeded';

export type GroundContent = Pick<
  CorrectionDocument,
  'lines' | 'corrects' | 'break' | 'raisedBy'
> & {
  correction: string;
};

/** @returns the first thing that is wrong; null when nothing is. The database has the last word on balances. */
export async function findGroundFault(
  db: Database | Tx,
  content: GroundContent,
  at: Date,
): Promise<Refused<GroundRefusal> | null> {
  return (
    findLinesFault(content.lines) ??
    (await findJournalFault(db, content)) ??
    (await findBreakFault(db, content, at)) ??
    (await findEntryFault(db, content, at)) ??
    (await findBalanceFault(db, content.lines))
  );
}

async function findJournalFault(
  db: Database | Tx,
  { corrects, lines, raisedBy }: GroundContent,
): Promise<Refused<'journal-unknown' | 'other-asset' | 'own-correction'> | null> {
  if (corrects === null) return null;
  const journal = await db.journal.findUnique({
    where: { id: BigInt(corrects) },
    include: {
      postings: { select: { asset: true } },
      ledgerCorrection: { select: { number: true, raisedBy: true } },
    },
  });
  if (!journal)
    return refuse(
      'journal-unknown',
      `There is no journal ${corrects}. Take its number from its page.`,
    );
  const moved = new Set(journal.postings.map(({ asset }) => asset));
  const stray = lines.find(({ account }) => !moved.has(assetOfAccount(account)));
  if (stray)
    return refuse(
      'other-asset',
      `Journal ${corrects} moved no ${assetOfAccount(stray.account)}, so a correction of it has no line on ${stray.account}. Raise that by itself.`,
    );
  if (journal.ledgerCorrection?.raisedBy === raisedBy)
    return refuse(
      'own-correction',
      `Journal ${corrects} is a correction that you raised (${journal.ledgerCorrection.number}). Somebody else has to raise what corrects it.`,
    );
  return null;
}

/**
 * What came into suspense by one journal is not given away a second time: where corrections that name it took
 * of it before, another takes at most what is left, although the account may hold more, which is somebody
 * else's. What only waits does not count, because it may be declined. The first one may take more than its
 * entry: it gives several away together and names one of them.
 */
async function findEntryFault(
  db: Database | Tx,
  { corrects, lines }: GroundContent,
  at: Date,
): Promise<Refused<'entry-taken'> | null> {
  if (corrects === null) return null;
  for (const { account, amount } of lines) {
    const units = BigInt(amount);
    if (!account.startsWith('suspense/') || units <= 0n) continue;
    const postings = await db.posting.findMany({
      where: { journalId: BigInt(corrects), accountId: account },
      select: { amount: true },
    });
    const whole = -postings.reduce((sum, posting) => sum + unitsOf(posting.amount), 0n);
    if (whole <= 0n) continue;
    const rests = await suspenseRests(db, { account, journals: [corrects], at });
    const { taken = 0n, takenBy = [] } = rests.get(corrects) ?? {};
    if (taken === 0n || taken + units <= whole) continue;
    const asset = assetOfAccount(account);
    const text = (value: bigint) => `${unitsText(value, asset)} ${asset}`;
    return refuse(
      'entry-taken',
      `Journal ${corrects} brought ${text(whole)} into ${account}, and ${takenBy.length === 1 ? 'journal' : 'journals'} ${takenBy.join(', ')} took ${text(taken)} of it. It can’t give ${text(units)} to somebody.`,
    );
  }
  return null;
}

async function findBalanceFault(
  db: Database | Tx,
  lines: readonly CorrectionLine[],
): Promise<Refused<
  'account-unknown' | 'insufficient-balance' | 'suspense-short' | 'missing-exceeded'
> | null> {
  const rows = await db.account.findMany({
    where: { id: { in: lines.map(({ account }) => account) } },
  });
  for (const { account, amount } of lines) {
    const row = rows.find(({ id }) => id === account);
    if (!row && !(await mayOpen(db, account))) return accountUnknown(account);
    const [kind = ''] = account.split('/');
    if (kind === 'missing') {
      const exceeded = findMissingFault({ account, amount }, row);
      if (exceeded) return exceeded;
    }
    const taken = hasCreditBalance(kind) ? BigInt(amount) : 0n;
    if ((kind !== 'client' && kind !== 'suspense') || taken <= 0n) continue;
    const free = row ? unitsOf(row.credits) - unitsOf(row.debits) - unitsOf(row.held) : 0n;
    if (free >= taken) continue;
    const asset = assetOfAccount(account);
    const sentence = `It takes ${unitsText(taken, asset)} ${asset} from ${account}, where ${unitsText(free, asset)} ${asset}`;
    return kind === 'client'
      ? refuse(
          'insufficient-balance',
          `${sentence} are available. What is held for withdrawals is not available.`,
        )
      : refuse('suspense-short', `${sentence} are left. Part of it was attributed before.`);
  }
  return null;
}

/** What is not missing is not made good: what is owed would be lowered by more than ever went out. */
function findMissingFault(
  { account, amount }: CorrectionLine,
  row: Record<'debits' | 'credits', Parameters<typeof unitsOf>[0]> | undefined,
): Refused<'missing-exceeded'> | null {
  const missing = row ? unitsOf(row.debits) - unitsOf(row.credits) : 0n;
  const madeGood = -BigInt(amount);
  if (madeGood <= 0n || madeGood <= missing) return null;
  const asset = assetOfAccount(account);
  return refuse(
    'missing-exceeded',
    `It makes good ${unitsText(madeGood, asset)} ${asset} on ${account}, where ${unitsText(missing, asset)} ${asset} are missing.`,
  );
}
