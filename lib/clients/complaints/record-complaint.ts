import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { keysOf } from '#lib/platform/keys-of.ts';
import { inTextTransaction } from '#lib/persons/in-text-transaction.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { findAhead, minuteField, readForm, textField } from '#lib/platform/forms.ts';
import { findUnknownClient } from '../client-exists.ts';
import { maybeClientField } from '../register/forms.ts';
import { openCase, type OpenedCase } from '../register/open-case.ts';
import { readTexts } from '../register/texts.ts';
import type { ComplaintFacts } from './complaint.ts';
import { channels, languages, topics } from './words.ts';

const form = z.strictObject({
  client: maybeClientField,
  receivedAt: minuteField('when it came in'),
  topic: z.enum(keysOf(topics), 'Choose what it is about.'),
  language: z.enum(keysOf(languages), 'Choose the language in which it is written.'),
  channel: z.enum(keysOf(channels), 'Say how it came in.'),
  onTemplate: z.literal('yes').optional(),
  complainant: textField,
  subject: textField,
});

/** Takes a complaint into the register (MiCA Art 71), free of charge and in whatever form it came. */
export async function recordComplaint(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<OpenedCase>> {
  const refused = lacksScope(actor, 'client:write');
  if (refused) return refused;
  const read = readForm(form, input);
  if (!read.ok) return read;
  const { client, receivedAt, topic, language, channel, complainant, subject } = read.form;
  const now = context.clock();
  const ahead = findAhead('The time at which it came in', receivedAt, now);
  if (ahead) return ahead;
  const texts = readTexts({ complainant, subject });
  if (!texts.ok) return texts;
  const facts: ComplaintFacts = {
    receivedAt: receivedAt.toISOString(),
    topic,
    language,
    channel,
    onTemplate: read.form.onTemplate === 'yes',
  };
  return inTextTransaction(context.db, async (tx) => {
    const unknown = await findUnknownClient(tx, client);
    if (unknown) return unknown;
    return ok(
      await openCase(tx, {
        register: 'complaint',
        client,
        facts,
        texts: texts.texts,
        by: actor.personId,
        at: now,
      }),
    );
  });
}
