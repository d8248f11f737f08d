import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { inTextTransaction } from '#lib/persons/in-text-transaction.ts';
import type { Context } from '#lib/platform/context.ts';
import { lockNamed } from '#lib/platform/db/lock-named.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { dayField, findAhead, readForm, startOfDay, textField } from '#lib/platform/forms.ts';
import { findUnknownClient } from '../client-exists.ts';
import { clientField } from '../register/forms.ts';
import { openCase, type OpenedCase } from '../register/open-case.ts';
import { readTexts } from '../register/texts.ts';
import { findMissingContents } from './contents.ts';

const form = z.strictObject({
  client: clientField,
  contents: z.string().or(z.array(z.string()).max(20)).optional(),
  signedOn: dayField('the day of signature'),
  inForceFrom: dayField('the day from which it is in force'),
  policyVersion: z.string().regex(/^[1-9]\d{0,4}$/, 'Choose the custody policy that it names.'),
  rights: z.enum(['client', 'custodian'], 'Say who is entitled to what rights events bring.'),
  parties: textField,
  document: textField,
});

/** Registers a signed agreement of a client; it takes the place of the one before from its first day. */
export async function registerAgreement(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<OpenedCase>> {
  const refused = lacksScope(actor, 'client:write');
  if (refused) return refused;
  const read = readForm(form, input);
  if (!read.ok) return read;
  const { client, signedOn, inForceFrom, rights, parties, document } = read.form;
  const contents = [read.form.contents ?? []].flat();
  const policyVersion = Number.parseInt(read.form.policyVersion, 10);
  const now = context.clock();
  const ahead = findAhead('The day of signature', startOfDay(signedOn), now);
  const texts = readTexts({ parties, document });
  const wrong = findMissingContents(contents) ?? ahead ?? (texts.ok ? null : texts);
  if (wrong) return wrong;
  if (inForceFrom < signedOn)
    return refuse(
      'before-signature',
      'It can’t be in force before the day on which it was signed.',
    );
  return inTextTransaction(context.db, async (tx) => {
    const unknown = await findUnknownClient(tx, client);
    if (unknown) return unknown;
    const policy = await tx.custodyPolicy.findUnique({
      where: { version: policyVersion },
      select: { version: true },
    });
    if (!policy)
      return refuse(
        'policy-unknown',
        'There is no such version of the custody policy. Record it first.',
      );
    // Two agreements of a client come one after the other, so that versions count.
    await lockNamed(tx, `agreement of ${client}`);
    const before = await tx.registerCase.count({
      where: { register: 'agreement', clientId: client },
    });
    const version = before + 1;
    const facts = {
      version,
      signedOn,
      inForceFrom,
      policyVersion,
      rights,
      contents: contents.toSorted(),
    };
    return ok(
      await openCase(tx, {
        register: 'agreement',
        client,
        facts,
        by: actor.personId,
        at: now,
        texts: texts.ok ? texts.texts : {},
      }),
    );
  });
}
