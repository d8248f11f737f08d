import { z } from 'zod';
import type { Outcome } from '../matching/compare.ts';
import { causes } from '../matching/cause.ts';
import { runKinds, type RunInputs } from '../matching/inputs.ts';
import { itemSchema, units } from '../matching/item-schema.ts';

const side = z.strictObject({
  source: z.string(),
  position: z.string(),
  balance: units,
  items: z.array(itemSchema),
  parts: z.array(z.strictObject({ name: z.string(), amount: units })),
});

const inputsSchema = z.strictObject({
  type: z.literal('countersign/reconciliation-inputs/v1'),
  kind: z.enum(runKinds),
  asset: z.string(),
  place: z.string(),
  at: z.string(),
  graceSeconds: z.int().min(0),
  rules: z.array(
    z.discriminatedUnion('by', [
      z.strictObject({ name: z.string(), by: z.literal('reference') }),
      z.strictObject({
        name: z.string(),
        by: z.literal('amount'),
        days: z.int().min(0),
        feeTolerance: units,
      }),
    ]),
  ),
  ledger: side,
  outside: side,
});

/** Inputs as a run kept them. @throws for text that no run of ours wrote. */
export const readInputs = (text: string): RunInputs => inputsSchema.parse(JSON.parse(text));

const outcomeSchema = z.strictObject({
  type: z.literal('countersign/reconciliation-outcome/v1'),
  matched: z.int(),
  netted: z.int(),
  ledgerBalance: units,
  outsideBalance: units,
  difference: units,
  differences: z.array(
    z.strictObject({
      identity: z.string(),
      content: z.string(),
      cause: z.enum(causes),
      amount: units,
      since: z.string(),
      ledger: z.array(itemSchema),
      outside: z.array(itemSchema),
    }),
  ),
  open: z.strictObject({ ledger: z.array(itemSchema), outside: z.array(itemSchema) }),
});

/** The outcome as a run kept it. @throws for text that no run of ours wrote. */
export const readOutcome = (text: string): Outcome => outcomeSchema.parse(JSON.parse(text));
