import { z } from 'zod';
import { assets } from '#lib/chains/assets.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { closeAt } from '#lib/ledger/close-books.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { amountSentence, parseAmount } from '#lib/protocol/amount.ts';
import { findAhead, minuteField, readForm, textField } from '#lib/platform/forms.ts';
import { findUnknownClient } from '../client-exists.ts';
import { maybeClientField } from '../register/forms.ts';
import { openCase, type OpenedCase } from '../register/open-case.ts';
import { readTexts } from '../register/texts.ts';
import { findTooMany } from '../shares/holders-max.ts';
import { heldIn, holdersAt } from '../shares/share-statement.ts';
import { sharingTransaction } from '../shares/sharing-transaction.ts';
import { incidentField, findUnknownIncident } from './incident.ts';
import { priceWithinMs, type LossFacts } from './loss.ts';
import { shareLoss } from './share-loss.ts';
import { priceDecimals } from './value-at-loss.ts';

const form = z.strictObject({
  client: maybeClientField,
  asset: z.string('Choose the asset.'),
  amount: textField,
  occurredAt: minuteField('when it happened'),
  incident: incidentField,
  price: textField,
  priceAt: minuteField('of when the price is'),
  source: textField,
  subject: textField,
});

/**
 * Records a loss with its value at the time, and shares it among who held the asset then: one client, or
 * everybody in proportion. A case is opened with its shares or not at all.
 */
export async function recordLoss(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<OpenedCase>> {
  const refused = lacksScope(actor, 'client:write');
  if (refused) return refused;
  const read = readForm(form, input);
  if (!read.ok) return read;
  const { client, occurredAt, priceAt, incident, source, subject } = read.form;
  const now = context.clock();
  const asset = assets.find(({ code }) => code === read.form.asset);
  if (!asset)
    return refuse('asset-unknown', 'This asset is not kept here. Choose one of the list.');
  const amount = parseAmount(read.form.amount, asset.decimals);
  if (!amount.ok)
    return refuse('amount-invalid', amountSentence(amount.fault, asset.code, asset.decimals));
  const price = parseAmount(read.form.price, priceDecimals);
  if (!price.ok)
    return refuse(
      'price-invalid',
      `The price: ${amountSentence(price.fault, 'A price in euro', priceDecimals)}`,
    );
  const ahead = findAhead('The time of the loss', occurredAt, now);
  if (ahead) return ahead;
  if (Math.abs(priceAt.getTime() - occurredAt.getTime()) > priceWithinMs)
    return refuse(
      'price-of-another-time',
      'Article 75(8) counts the value at the time of the loss. Give a price of within an hour of it.',
    );
  const texts = readTexts({ source, subject });
  if (!texts.ok) return texts;
  const facts: LossFacts = {
    asset: asset.code,
    units: amount.value.toString(),
    occurredAt: occurredAt.toISOString(),
    incident,
    price: price.value.toString(),
    priceAt: priceAt.toISOString(),
  };
  return sharingTransaction(context.db, async (tx) => {
    const unknown =
      (await findUnknownClient(tx, client)) ?? (await findUnknownIncident(tx, incident));
    if (unknown) return unknown;
    const close = await closeAt(tx, occurredAt);
    if (!close.ok) return close;
    const at = holdersAt({
      asset: asset.code,
      lastJournal: close.value.lastJournal,
      client,
    });
    const { holders, held } = await heldIn(tx, at);
    const tooMany = findTooMany(holders, asset.code);
    if (tooMany) return tooMany;
    if (held < amount.value)
      return refuse(
        'more-than-held',
        `The books have less ${asset.code} of ${client ?? 'all clients together'} at that time than this loss. Put what was lost, or another time.`,
      );
    const opened = await openCase(tx, {
      register: 'loss',
      client,
      facts,
      texts: texts.texts,
      by: actor.personId,
      at: now,
    });
    await shareLoss(tx, opened, {
      facts,
      holders: at,
      close: close.value,
      by: actor.personId,
      now,
    });
    return ok(opened);
  });
}
