import { createHash } from 'node:crypto';
import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { inTextTransaction } from '#lib/persons/in-text-transaction.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { readForm, seenField } from '#lib/platform/forms.ts';
import { caseField } from '../register/forms.ts';
import { takeStep } from '../register/take-step.ts';
import { summaryDocument } from './summary-document.ts';

const form = z.strictObject({ id: caseField, seen: seenField });

/** Notes that the summary in force was sent, and which bytes it had. */
export async function markSummarySent(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ policyVersion: number }>> {
  const refused = lacksScope(actor, 'client:write');
  if (refused) return refused;
  const read = readForm(form, input);
  if (!read.ok) return read;
  const { organisation } = context.settings;
  return inTextTransaction(context.db, async (tx) => {
    const policy = await tx.custodyPolicy.findFirst({ orderBy: { version: 'desc' } });
    if (!policy)
      return refuse(
        'policy-unknown',
        'There is no custody policy on record that could be summed up.',
      );
    const document = summaryDocument({
      organisation,
      version: policy.version,
      summary: policy.summary,
      adoptedOn: policy.adoptedOn.toISOString().slice(0, 10),
    });
    const digest = createHash('sha256').update(document, 'utf8').digest('hex');
    const taken = await takeStep(tx, {
      register: 'policy-request',
      caseId: read.form.id,
      seen: read.form.seen,
      step: 'sent',
      facts: { policyVersion: policy.version, digest },
      texts: {},
      by: actor.personId,
      at: context.clock(),
    });
    return taken.ok ? ok({ policyVersion: policy.version }) : taken;
  });
}
