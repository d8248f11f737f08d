import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { askKeyPress, type KeyPressRequest } from '#lib/identity/ask-key-press.ts';
import { newNonce } from '#lib/identity/challenges.ts';
import { inTextTransaction } from '#lib/persons/in-text-transaction.ts';
import type { Context } from '#lib/platform/context.ts';
import { readForm, seenField } from '#lib/platform/forms.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { incidentField } from '../desk/form-fields.ts';
import { readTexts } from '../desk/texts.ts';
import { channels, type Channel } from './life.ts';
import { readyForStep } from './ready-for-step.ts';
import { signedSteps, type ReportStatement } from './report-statement.ts';

const form = z.strictObject({
  id: incidentField,
  seen: seenField,
  step: z.enum(signedSteps),
  channel: z.enum(Object.keys(channels) as [Channel, ...Channel[]]).default('portal'),
  overrideReason: z
    .literal('')
    .transform(() => null)
    .or(z.string().max(4_000))
    .nullable()
    .default(null),
});

/** What each signed step needs. */
export const scopeOfStep = {
  raised: 'report:raise',
  released: 'report:approve',
  reviewed: 'report:approve',
} as const;

/**
 * Checks that this person may take the step with the report as they saw it, and gives out the statement to sign.
 * Nothing happens to the report until it comes back signed.
 */
export async function prepareReportStep(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<KeyPressRequest>> {
  const read = readForm(form, input);
  if (!read.ok) return read;
  const { id, seen, step, channel, overrideReason } = read.form;
  const refused = lacksScope(actor, scopeOfStep[step]);
  if (refused) return refused;
  const reasons = overrideReason === null ? null : readTexts({ reasons: overrideReason });
  if (reasons && !reasons.ok) return reasons;
  const now = context.clock();
  const ready = await inTextTransaction(context.db, async (tx) => {
    const wanted = {
      id,
      seen,
      step,
      by: actor.personId,
      overrideReason: reasons?.texts.reasons ?? null,
    };
    const checked = await readyForStep(tx, wanted, now);
    if (!checked.ok) return checked;
    const { number } = await tx.incident.findUniqueOrThrow({
      where: { id: checked.value.report.incidentId },
      select: { number: true },
    });
    return ok({ ...checked.value, number });
  });
  if (!ready.ok) return ready;
  const { report, made, override, alone, number } = ready.value;
  const statement: ReportStatement = {
    type: 'countersign/report-statement/v1',
    organisation: context.settings.organisation,
    environment: context.settings.mode,
    report: id,
    incident: number,
    stage: report.stage,
    step,
    digest: made.digest,
    version: report.version,
    revision: seen,
    override,
    channel: step === 'raised' ? channel : ready.value.channel,
    alone,
    person: actor.personId,
    nonce: newNonce(),
    issuedAt: now.toISOString(),
  };
  return askKeyPress(actor, { purpose: 'incident-report', statement }, context);
}
