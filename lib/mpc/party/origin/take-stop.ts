/** Takes what a person signed at this party's page, or anywhere else: a rejection, or a stop. */
import { z } from 'zod';
import { isStopKind } from '#lib/protocol/intent-kinds.ts';
import { intent as intentSchema } from '#lib/protocol/intent.ts';
import { statement as statementSchema } from '#lib/protocol/statement.ts';
import { adopt } from '../adopt.ts';
import type { Party } from '../party.ts';
import { takeNo } from '../take-no.ts';
import { refused, type PageAnswer } from './refusals.ts';

export const signedNo = z.strictObject({
  /** Null for a rejection, which needs nothing beside it. */
  intent: z.unknown(),
  statement: z.unknown(),
  assertion: z.unknown(),
});

/** @returns the operation that stops, or the one that stopped something, and who signed it. */
export function takeStop(
  party: Party,
  { intent, statement, assertion }: z.infer<typeof signedNo>,
): PageAnswer<{ operation: string; person: string }> {
  const stated = statementSchema.safeParse(statement);
  if (!stated.success) return refused('statements-malformed');
  const { operation, person } = stated.data;
  const signed = { statement, assertion };
  if (intent === null) {
    const taken = takeNo(party, signed);
    return taken.ok ? { ok: true, value: { operation, person } } : taken;
  }
  const parsed = intentSchema.safeParse(intent);
  if (!parsed.success) return refused('intent-malformed');
  if (!isStopKind(parsed.data.kind)) return refused('not-a-no');
  const adopted = adopt(party, { bundle: { intent, statements: [signed] }, receipts: [] });
  return adopted.ok ? { ok: true, value: { operation, person } } : adopted;
}
