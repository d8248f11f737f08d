import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { refuse } from '#lib/platform/result.ts';
import type { SoftwareAuthenticator } from '#lib/protocol/software-authenticator.ts';
import { prepareCorrection } from '../prepare-correction.ts';
import type { TypedLine } from '../read-lines.ts';
import { submitCorrection } from '../submit-correction.ts';

export type Signer = { actor: Actor; key: SoftwareAuthenticator };

export type Raise = {
  lines: readonly TypedLine[];
  corrects?: string | null;
  break?: string | null;
  reason?: string;
};

/** From the button to the record, with the person's key pressed in between. */
export async function pressCorrection({ actor, key }: Signer, input: object, context: Context) {
  const prepared = await prepareCorrection(actor, input, context);
  if (!prepared.ok) return prepared;
  const { nonce, options } = prepared.value;
  const assertion = key.assert({ challenge: options.challenge, origin: context.settings.origin });
  return submitCorrection(actor, { nonce, assertion }, context);
}

export const raise = (
  signer: Signer,
  { lines, corrects = null, break: answered = null, reason = 'Booked twice, ticket 17.' }: Raise,
  context: Context,
) =>
  pressCorrection(signer, { decision: 'raise', lines, corrects, break: answered, reason }, context);

/** Approves what the page shows. */
export async function approve(signer: Signer, id: string, context: Context) {
  const row = await context.db.ledgerCorrection.findUnique({ where: { id } });
  if (!row) return refuse('correction-unknown', 'There is no such correction.');
  return pressCorrection(signer, { decision: 'approve', id, digest: row.digest }, context);
}

export const debit = (account: string, amount: string): TypedLine => ({
  account,
  side: 'debit',
  amount,
});
export const credit = (account: string, amount: string): TypedLine => ({
  account,
  side: 'credit',
  amount,
});
