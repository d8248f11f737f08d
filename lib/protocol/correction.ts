/**
 * A correction of the books as two people sign it: one raises the exact lines, another approves them.
 * Pure, so that who checks it later needs nothing of the console.
 */
import { z } from 'zod';
import { digestOf } from './intent.ts';
import {
  base64url,
  digestHex,
  environment,
  instant,
  operationId,
  personId,
  slug,
} from './scalars.ts';

/** Lines of one correction, at most: what two people can read and compare. */
export const correctionLinesMax = 20;

export const ledgerAccountName = z
  .string()
  .regex(/^[a-z-]{3,20}\/[A-Za-z0-9-]{1,64}\/[A-Z0-9]{2,12}$/);
const journalNumber = z.string().regex(/^[1-9]\d{0,17}$/);

export const correctionLine = z.strictObject({
  account: ledgerAccountName,
  /** Smallest unit; more than zero is a debit, less a credit. Never zero. */
  amount: z.string().regex(/^-?[1-9]\d{0,77}$/),
});
export type CorrectionLine = z.infer<typeof correctionLine>;

/** Everything that is approved. Its digest is what both statements name. */
export const correctionDocument = z.strictObject({
  type: z.literal('countersign/correction/v1'),
  organisation: slug,
  environment,
  correction: operationId,
  /** Each account once; they sum to zero per asset. */
  lines: z.array(correctionLine).min(2).max(correctionLinesMax),
  /** Number of the journal that it corrects; null for a new booking. */
  corrects: journalNumber.nullable(),
  /** The break that it closes, by its number and the digest of the difference; null for none. */
  break: z
    .strictObject({ id: z.string().max(40), number: z.string().max(20), content: digestHex })
    .nullable(),
  /** Salted SHA-256 of the reason, whose text lives in a row that can be erased. */
  reasonCommitment: digestHex,
  raisedBy: personId,
  /** Nobody can approve it from this instant on. */
  expiresAt: instant,
});
export type CorrectionDocument = z.infer<typeof correctionDocument>;

export const correctionStatement = z.strictObject({
  type: z.literal('countersign/correction-statement/v1'),
  organisation: slug,
  environment,
  correction: operationId,
  digest: digestHex,
  decision: z.enum(['raise', 'approve']),
  person: personId,
  nonce: base64url.length(43),
  issuedAt: instant,
});
export type CorrectionStatement = z.infer<typeof correctionStatement>;

/** Lower-case hex SHA-256 of the canonical document. */
export const correctionDigest = (document: CorrectionDocument): string => digestOf(document);

/** Assets in which lines do not sum to zero, with the sum in the smallest unit. */
export function unbalancedAssets(
  lines: readonly CorrectionLine[],
): { asset: string; debits: bigint; credits: bigint }[] {
  const sums = new Map<string, { debits: bigint; credits: bigint }>();
  for (const { account, amount } of lines) {
    const asset = assetOfAccount(account);
    const sum = sums.get(asset) ?? { debits: 0n, credits: 0n };
    const units = BigInt(amount);
    sums.set(
      asset,
      units > 0n
        ? { ...sum, debits: sum.debits + units }
        : { ...sum, credits: sum.credits - units },
    );
  }
  return [...sums].flatMap(([asset, { debits, credits }]) =>
    debits === credits ? [] : [{ asset, debits, credits }],
  );
}

/** The last part of an account's name. */
export const assetOfAccount = (account: string): string =>
  account.slice(account.lastIndexOf('/') + 1);
