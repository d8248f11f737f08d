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
  hostName,
  instant,
  operationId,
  personId,
  slug,
  webOrigin,
} from './scalars.ts';
import { assertionJson } from './statement.ts';

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

/** The content digest that the journal of a correction has in the books and in the audit trail. */
export const correctionJournalDigest = ({
  correction,
  lines,
  corrects,
}: Pick<CorrectionDocument, 'correction' | 'lines' | 'corrects'>): string =>
  digestOf({
    type: 'countersign/journal/v1',
    key: `correction:${correction}`,
    kind: 'correction',
    operation: null,
    corrects,
    lines,
  });

/** A correction as it leaves the house: what was signed, and by which keys, to be checked without the console. */
export const correctionEvidence = z.strictObject({
  type: z.literal('countersign/correction-evidence/v1'),
  number: z.string().max(20),
  /** The console's own, which the keys answered for. */
  origin: webOrigin,
  rpId: hostName,
  document: correctionDocument,
  /** The raise, and the approval where there is one. */
  statements: z
    .array(
      z.strictObject({
        text: z.string().max(16_384),
        assertion: assertionJson,
        credential: z.strictObject({
          id: base64url,
          /** COSE_Key bytes as registered. */
          publicKey: base64url,
          backupEligible: z.boolean(),
        }),
      }),
    )
    .min(1)
    .max(2),
  /** The journal in the books; null for one that was not approved. */
  journal: z.strictObject({ number: journalNumber, contentDigest: digestHex }).nullable(),
});
export type CorrectionEvidence = z.infer<typeof correctionEvidence>;
