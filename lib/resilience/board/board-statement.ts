/** What a member of the board signs: a pack or the evidence of a duty, as it was read. */
import { z } from 'zod';
import type { SealedText, TextTable } from '#lib/audit/sealed-text.ts';
import { keysRefusal, type KeysRefusal } from '#lib/persons/keys-refusal.ts';
import { keepText, textColumns, writeMentions } from '#lib/persons/texts/keep-texts.ts';
import { fromPayload, keptPayload, toPayload } from '#lib/persons/texts/kept-payload.ts';
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { readText, type TextRule } from '#lib/protocol/free-text.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { decisions, type Decision } from './pack.ts';

const signed = {
  organisation: z.string(),
  environment: z.enum(['sandbox', 'production']),
  decision: z.enum(decisions),
  /** Commitment to the conditions, which can be erased; null without conditions. */
  conditions: z.string().nullable(),
  person: z.string(),
  nonce: z.string(),
  issuedAt: z.string(),
};

export const packStatement = z.strictObject({
  type: z.literal('countersign/board-pack-statement/v1'),
  pack: z.uuid(),
  number: z.string(),
  quarter: z.string(),
  /** SHA-256 of the pack's text, hex. */
  digest: z.string(),
  ...signed,
});
export type PackStatement = z.infer<typeof packStatement>;

export const evidenceStatement = z.strictObject({
  type: z.literal('countersign/board-evidence-statement/v1'),
  evidence: z.uuid(),
  duty: z.string(),
  title: z.string(),
  version: z.string(),
  /** SHA-256 of the document, hex. */
  sha256: z.string(),
  decidedOn: z.iso.date(),
  members: z.array(z.string()),
  /** Who wrote the document; null for somebody who doesn't work with the console. */
  author: z.string().nullable(),
  ...signed,
});
export type EvidenceStatement = z.infer<typeof evidenceStatement>;

const conditionsRule: TextRule = {
  least: 3,
  most: 4000,
  tooShort: 'Write the conditions in a sentence or more.',
  tooLong: 'Write the conditions in at most 4,000 characters.',
  lines: true,
};

/** Conditions on their way from the form to the row, kept sealed beside what is signed. */
export const keptConditions = keptPayload.nullable();
export type KeptConditions = z.infer<typeof keptConditions>;

export type ConditionsTable = Extract<TextTable, 'board_signature' | 'board_evidence'>;

/** The conditions as they are kept; refused where a decision needs some and has none, or the other way round. */
export async function readConditions(
  db: Database,
  table: ConditionsTable,
  { decision, given }: { decision: Decision; given: string },
): Promise<Result<KeptConditions, 'conditions-invalid' | KeysRefusal>> {
  if (decision !== 'conditions')
    return given.trim() === ''
      ? ok(null)
      : refuse('conditions-invalid', 'Only an approval with conditions has conditions.');
  const reading = readText(given, conditionsRule);
  if (!reading.ok) return refuse('conditions-invalid', reading.sentence);
  return keysRefusal(async () => ok(toPayload(await keepText(db, table, reading.text))));
}

/** The columns of a row that hold them. */
export const conditionColumns = (kept: KeptConditions): SealedText | Record<string, never> =>
  kept === null ? {} : textColumns(fromPayload(kept));

/** Puts whom they name on record, beside the row that holds them. */
export const mentionConditions = (
  tx: Tx,
  table: ConditionsTable,
  kept: KeptConditions,
): Promise<void> => writeMentions(tx, table, [kept]);
