import { z } from 'zod';
import { assets, type AssetFacts } from '#lib/chains/assets.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { inTextTransaction } from '#lib/persons/in-text-transaction.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { findAhead, minuteField, readForm, textField } from '#lib/platform/forms.ts';
import { openCase, type OpenedCase } from '../register/open-case.ts';
import { readTexts } from '../register/texts.ts';
import { ratioDigits, unitRatio, type RightsFacts } from './event.ts';

const side = (what: string) =>
  z
    .string(`Give ${what} of the ratio.`)
    .regex(
      new RegExp(`^[1-9]\\d{0,${ratioDigits - 1}}$`),
      `Give ${what} of the ratio as a whole number from 1, at most ${ratioDigits} digits: 1 for 2 is written as 1 and 2.`,
    )
    .transform(BigInt);

const form = z.strictObject({
  kind: z.enum(['fork', 'airdrop', 'other'], 'Say what kind of event it was.'),
  asset: z.string('Choose the asset that gave the right.'),
  at: minuteField('when it happened'),
  block: z
    .string()
    .regex(/^(?:|0|[1-9]\d{0,17})$/, 'Give the block as its number, or leave it out.'),
  brings: z
    .string('Give the code of what it brings.')
    .regex(
      /^[A-Z0-9]{2,12}$/,
      'Give the code of what it brings in capitals and digits, such as SOLX.',
    ),
  decimals: z
    .string('Say how many decimals it has.')
    .regex(/^(?:\d|1[0-8])$/, 'Say how many decimals it has, from 0 to 18.')
    .transform(Number),
  numerator: side('how much it brings'),
  denominator: side('for how much'),
  title: textField,
  source: textField,
});

/**
 * Records a fork, an airdrop or the like at once (MiCA Art 75(4)). Who is entitled is computed in a step
 * of its own, when the books are closed up to it.
 */
export async function recordRightsEvent(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<OpenedCase>> {
  const refused = lacksScope(actor, 'client:write');
  if (refused) return refused;
  const read = readForm(form, input);
  if (!read.ok) return read;
  const { kind, asset, at, block, brings, decimals, numerator, denominator } = read.form;
  const now = context.clock();
  const known = assets.find(({ code }) => code === asset);
  if (!known)
    return refuse('asset-unknown', 'This asset is not kept here. Choose one that clients hold.');
  const wrong = findAhead('The time of the event', at, now) ?? findOtherDecimals(brings, decimals);
  if (wrong) return wrong;
  const texts = readTexts({ title: read.form.title, source: read.form.source });
  if (!texts.ok) return texts;
  const units = unitRatio({ numerator, denominator }, { brings: decimals, asset: known.decimals });
  const facts: RightsFacts = {
    kind,
    asset,
    brings,
    decimals,
    at: at.toISOString(),
    block: block === '' ? null : block,
    numerator: numerator.toString(),
    denominator: denominator.toString(),
    unitNumerator: units.numerator.toString(),
    unitDenominator: units.denominator.toString(),
  };
  return inTextTransaction(context.db, async (tx) =>
    ok(
      await openCase(tx, {
        register: 'rights-event',
        client: null,
        facts,
        texts: texts.texts,
        by: actor.personId,
        at: now,
      }),
    ),
  );
}

/** What is in the table of assets has the decimals of the table. */
function findOtherDecimals(code: string, decimals: number) {
  const known: AssetFacts | undefined = assets.find((asset) => asset.code === code);
  return known && known.decimals !== decimals
    ? refuse('decimals-differ', `${code} has ${known.decimals} decimals here.`)
    : null;
}
