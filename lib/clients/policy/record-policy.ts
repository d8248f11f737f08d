import { createHash } from 'node:crypto';
import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { readText } from '#lib/protocol/free-text.ts';
import { dayField, findAhead, readForm, startOfDay } from '#lib/platform/forms.ts';
import { clientsTopic } from '../register/open-case.ts';
import { policyInForce } from './policy-in-force.ts';

const form = z.strictObject({
  adoptedOn: dayField('the day of adoption'),
  text: z.string('Put the text of the policy.').max(250_000, 'The policy is too long.'),
  summary: z.string('Put the summary for clients.').max(30_000, 'The summary is too long.'),
});

const rule = (what: string, most: number) => ({
  least: 40,
  most,
  tooShort: `Put the ${what}.`,
  tooLong: `The ${what} has at most ${most.toLocaleString('en')} characters.`,
  lines: true,
});

/**
 * Records a version of the custody policy that was adopted (MiCA Art 75(3)), with the summary that
 * clients may ask for. Neither holds personal data; both stay as they are.
 */
export async function recordPolicy(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ version: number }>> {
  const refused = lacksScope(actor, 'client:write');
  if (refused) return refused;
  const read = readForm(form, input);
  if (!read.ok) return read;
  const now = context.clock();
  const ahead = findAhead('The day of adoption', startOfDay(read.form.adoptedOn), now);
  if (ahead) return ahead;
  const text = readText(read.form.text, rule('text of the policy', 200_000));
  const summary = readText(read.form.summary, rule('summary', 20_000));
  if (!text.ok) return refuse('text-invalid', text.sentence);
  if (!summary.ok) return refuse('text-invalid', summary.sentence);
  const digest = createHash('sha256').update(text.text, 'utf8').digest('hex');
  return inTransaction(context.db, async (tx) => {
    const before = await policyInForce(tx);
    if (before?.digest === digest)
      return refuse('policy-same', `Version ${before.version} has this very text.`);
    if (before && read.form.adoptedOn < before.adoptedOn)
      return refuse(
        'adopted-before',
        `Version ${before.version} was adopted on ${before.adoptedOn}; a newer one comes after it.`,
      );
    const version = (before?.version ?? 0) + 1;
    const made = await tx.custodyPolicy.createMany({
      data: [
        {
          version,
          text: text.text,
          summary: summary.text,
          digest,
          adoptedOn: startOfDay(read.form.adoptedOn),
          recordedBy: actor.personId,
          recordedAt: now,
        },
      ],
      skipDuplicates: true,
    });
    if (made.count === 0)
      return refuse(
        'policy-moved',
        'Somebody recorded a version in the meantime. Look at it first.',
      );
    await appendAudit(tx, {
      kind: 'custody-policy-recorded',
      subject: `custody-policy-${version}`,
      actor: actor.personId,
      at: now,
      facts: { version, digest },
    });
    await publish(tx, { topic: clientsTopic });
    return ok({ version });
  });
}
