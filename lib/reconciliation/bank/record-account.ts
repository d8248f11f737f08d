/** Puts an account at a credit institution on record. */
import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { findGrantEnded } from '#lib/operations/access/grant-ended.ts';
import { beforeGenesis } from '#lib/operations/prepare-raise.ts';
import { loadRoster } from '#lib/operations/trust.ts';
import type { Context } from '#lib/platform/context.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { readText, type TextRule } from '#lib/protocol/free-text.ts';
import { isDay } from '../statements/calendar-day.ts';
import { isIban } from '../statements/iban.ts';
import { dateOf, latestDay } from './days.ts';

const form = z.strictObject({
  id: z.string().regex(/^(?!new$)[a-z][a-z0-9-]{1,39}$/),
  institution: z.string().max(400),
  bic: z.string().regex(/^[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$/),
  iban: z.string().max(34).refine(isIban),
  segregated: z.boolean(),
  openedOn: z.string().refine(isDay),
});
export type BankAccountForm = z.infer<typeof form>;

const institutionRule: TextRule = {
  least: 2,
  most: 80,
  tooShort: 'Give the name of the credit institution.',
  tooLong: 'Give a name of at most 80 characters.',
};

/** What to put right, by the field that is wrong first. */
const sentences: Readonly<Record<string, string>> = {
  id: 'Name the account with 2 to 40 small letters, digits and hyphens, a letter first.',
  bic: 'A BIC has 8 or 11 capital letters and digits.',
  iban: 'This is no IBAN: write it without blanks, and check its digits.',
  openedOn: 'Give the day on which it was opened, such as 2026-11-27.',
};

/**
 * Officers record accounts, as they import statements (see `importStatement`). Euros only: an account
 * in another currency would need its own number of decimals. What is on record is not changed; an
 * account that was recorded wrongly is recorded again under another name.
 */
export async function recordBankAccount(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ account: string }>> {
  const refused = lacksScope(actor, 'bank:write');
  if (refused) return refused;
  const asked = form.safeParse(input);
  if (!asked.success) {
    const field = String(asked.error.issues[0]?.path[0] ?? '');
    return refuse('form-invalid', sentences[field] ?? 'Fill in every field of the account.');
  }
  const institution = readText(asked.data.institution, institutionRule);
  if (!institution.ok) return refuse('form-invalid', institution.sentence);
  const now = context.clock();
  const { id, iban, openedOn, segregated } = asked.data;
  if (openedOn > latestDay(now)) return refuse('form-invalid', 'That day has not come yet.');
  return inTransaction(context.db, async (tx) => {
    const roster = await loadRoster(tx);
    if (!roster) return beforeGenesis();
    const ended = findGrantEnded(roster, actor.personId, now);
    if (ended) return ended;
    // Whoever comes second at the same moment inserts nothing and gets the same answer.
    const { count } = await tx.bankAccount.createMany({
      data: {
        ...asked.data,
        institution: institution.text,
        openedOn: dateOf(openedOn),
        currency: 'EUR',
        recordedBy: actor.personId,
        recordedAt: now,
      },
      skipDuplicates: true,
    });
    if (count === 0)
      return refuse(
        'account-on-record',
        'An account of this name or this IBAN is on record already.',
      );
    await appendAudit(tx, {
      kind: 'bank-account-recorded',
      subject: id,
      actor: actor.personId,
      at: now,
      facts: { iban, currency: 'EUR', segregated },
    });
    await publish(tx, { topic: 'ledger', id });
    return ok({ account: id });
  });
}
