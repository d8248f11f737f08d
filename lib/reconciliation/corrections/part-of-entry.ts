/** Which part of what came in on a suspense account a correction gives to somebody. */
import { suspenseRests } from '#lib/operations/suspense-rest.ts';
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { assetOfAccount, type CorrectionDocument } from '#lib/protocol/correction.ts';
import { unitsText } from '../amount-text.ts';
import type { JournalLines } from './suggest.ts';

/** Exact decimal texts. */
export type PartOfEntry = {
  journal: string;
  asset: string;
  part: string;
  /** What the journal brought in on that account. */
  whole: string;
  /** What is nobody's once this one is posted, other corrections that wait aside. */
  left: string;
};

/**
 * @param corrected the journal that it names. @param isOpen true while its journal is still to be posted.
 * @returns null where it takes nothing, or from several suspense accounts, of what the journal brought in.
 */
export async function partOfEntry(
  db: Database | Tx,
  { lines }: Pick<CorrectionDocument, 'lines'>,
  corrected: JournalLines,
  { isOpen, at }: { isOpen: boolean; at: Date },
): Promise<PartOfEntry | null> {
  const taking = lines.filter(
    ({ account, amount }) => account.startsWith('suspense/') && BigInt(amount) > 0n,
  );
  const [line] = taking;
  if (!line || taking.length > 1) return null;
  const { account } = line;
  const whole = corrected.lines.reduce(
    (sum, one) => (one.account === account ? sum - BigInt(one.amount) : sum),
    0n,
  );
  if (whole <= 0n) return null;
  const rests = await suspenseRests(db, { account, journals: [corrected.id], at });
  const part = BigInt(line.amount);
  const left = whole - (rests.get(corrected.id)?.taken ?? 0n) - (isOpen ? part : 0n);
  const asset = assetOfAccount(account);
  return {
    journal: corrected.id,
    asset,
    part: unitsText(part, asset),
    whole: unitsText(whole, asset),
    left: unitsText(left > 0n ? left : 0n, asset),
  };
}
