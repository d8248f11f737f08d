import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { inTextTransaction } from '#lib/persons/in-text-transaction.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { findAhead, minuteField, readForm, textField } from '#lib/platform/forms.ts';
import { findUnknownClient } from '../client-exists.ts';
import { maybeClientField } from '../register/forms.ts';
import { openCase, type OpenedCase } from '../register/open-case.ts';
import { readTexts } from '../register/texts.ts';

const form = z.strictObject({
  client: maybeClientField,
  receivedAt: minuteField('when it was asked for'),
  recipient: textField,
});

/** Notes that somebody asked for the summary of the custody policy (MiCA Art 75(3)). */
export async function recordPolicyRequest(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<OpenedCase>> {
  const refused = lacksScope(actor, 'client:write');
  if (refused) return refused;
  const read = readForm(form, input);
  if (!read.ok) return read;
  const { client, receivedAt, recipient } = read.form;
  const now = context.clock();
  const texts = readTexts({ recipient });
  const ahead = findAhead('The time of the request', receivedAt, now);
  if (ahead) return ahead;
  if (!texts.ok) return texts;
  return inTextTransaction(context.db, async (tx) => {
    const unknown = await findUnknownClient(tx, client);
    if (unknown) return unknown;
    return ok(
      await openCase(tx, {
        register: 'policy-request',
        client,
        by: actor.personId,
        at: now,
        facts: { receivedAt: receivedAt.toISOString() },
        texts: texts.texts,
      }),
    );
  });
}
