import { z } from 'zod';
import { assets } from '#lib/chains/assets.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { clientAccount } from '#lib/ledger/accounts.ts';
import { inTextTransaction } from '#lib/persons/in-text-transaction.ts';
import type { Context } from '#lib/platform/context.ts';
import { unitsOf } from '#lib/platform/db/units-of.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { amountSentence, parseAmount } from '#lib/protocol/amount.ts';
import {
  dayField,
  findAhead,
  minuteField,
  readForm,
  startOfDay,
  textField,
} from '#lib/platform/forms.ts';
import { findUnknownClient } from '../client-exists.ts';
import { clientField } from '../register/forms.ts';
import { openCase, type OpenedCase } from '../register/open-case.ts';
import { readTexts } from '../register/texts.ts';
import type { ReturnFacts } from './return.ts';

const form = z.strictObject({
  client: clientField,
  asset: z.string('Choose the asset.'),
  /** Empty for all there is. */
  amount: textField,
  requestedAt: minuteField('when it was asked for'),
  dueOn: z
    .literal('')
    .transform(() => null)
    .or(dayField('the day by which the agreement has it done')),
  subject: textField,
});

const dayMs = 86_400_000;

/** Takes a request to return assets into the register; its clock runs from when it was asked for. */
export async function recordReturn(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<OpenedCase>> {
  const refused = lacksScope(actor, 'client:write');
  if (refused) return refused;
  const read = readForm(form, input);
  if (!read.ok) return read;
  const { client, requestedAt, dueOn } = read.form;
  const now = context.clock();
  const asset = assets.find(({ code }) => code === read.form.asset);
  if (!asset)
    return refuse('asset-unknown', 'This asset is not kept here. Choose one of the list.');
  const wanted = read.form.amount === '' ? null : parseAmount(read.form.amount, asset.decimals);
  if (wanted && !wanted.ok)
    return refuse('amount-invalid', amountSentence(wanted.fault, asset.code, asset.decimals));
  const ahead = findAhead('The time of the request', requestedAt, now);
  if (ahead) return ahead;
  const agreed = dueOn === null ? null : new Date(startOfDay(dueOn).getTime() + dayMs - 1);
  if (agreed && agreed < requestedAt)
    return refuse('due-before', 'It can’t be due before it was asked for.');
  const texts = readTexts({ subject: read.form.subject });
  if (!texts.ok) return texts;
  const units = wanted?.value ?? null;
  const facts: ReturnFacts = {
    asset: asset.code,
    units: units?.toString() ?? null,
    requestedAt: requestedAt.toISOString(),
    agreedUntil: agreed?.toISOString() ?? null,
  };
  return inTextTransaction(context.db, async (tx) => {
    const unknown = await findUnknownClient(tx, client);
    if (unknown) return unknown;
    const account = await tx.account.findUnique({
      where: { id: clientAccount(client, asset.code) },
      select: { credits: true, debits: true },
    });
    const owed = account ? unitsOf(account.credits) - unitsOf(account.debits) : 0n;
    if (owed < (units ?? 1n))
      return refuse(
        'more-than-owed',
        `By the books ${client} has less ${asset.code} here than this. Put what can be returned, or leave the amount out for all there is.`,
      );
    return ok(
      await openCase(tx, {
        register: 'return',
        client,
        facts,
        texts: texts.texts,
        by: actor.personId,
        at: now,
      }),
    );
  });
}
