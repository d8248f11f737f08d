/** What a member of the board signs: a pack or the evidence of a duty, as it was read. */
import { z } from 'zod';
import { committed } from '#lib/audit/committed-text.ts';
import { readText, type TextRule } from '#lib/protocol/free-text.ts';
import { refuse, type Refused } from '#lib/platform/result.ts';
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

/** Conditions on their way from the form to the row, kept beside what is signed. */
export const keptConditions = z
  .strictObject({ text: z.string(), salt: z.base64(), commitment: z.string() })
  .nullable();
export type KeptConditions = z.infer<typeof keptConditions>;

/** The conditions as they are kept, with a salt of their own; refused where a decision needs some and has none, or the other way round. */
export function readConditions(
  decision: Decision,
  given: string,
): { ok: true; kept: KeptConditions } | Refused<'conditions-invalid'> {
  if (decision !== 'conditions')
    return given.trim() === ''
      ? { ok: true, kept: null }
      : refuse('conditions-invalid', 'Only an approval with conditions has conditions.');
  const reading = readText(given, conditionsRule);
  if (!reading.ok) return refuse('conditions-invalid', reading.sentence);
  const { text, salt, commitment } = committed(reading.text);
  return { ok: true, kept: { text, salt: Buffer.from(salt).toString('base64'), commitment } };
}

/** The columns of a row that hold them. */
export const conditionColumns = (kept: KeptConditions) =>
  kept === null
    ? {}
    : {
        conditions: kept.text,
        salt: new Uint8Array(Buffer.from(kept.salt, 'base64')),
        commitment: kept.commitment,
      };
