import { appendAudit } from '#lib/audit/append-entry.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { readKeyPress, takeKeyPress, type TakenPress } from '#lib/identity/take-key-press.ts';
import { inTextTransaction } from '#lib/persons/in-text-transaction.ts';
import { keepText, textColumns, writeMentions } from '#lib/persons/texts/keep-texts.ts';
import type { Context } from '#lib/platform/context.ts';
import { asJson } from '#lib/platform/db/as-json.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { noteReportStep } from './note-step.ts';
import { reportMoved } from './load-report.ts';
import { scopeOfStep } from './prepare-step.ts';
import { readyForStep, type Ready } from './ready-for-step.ts';
import { reportStatement, type ReportStatement } from './report-statement.ts';

/**
 * Takes a signed step: verifies the key press, checks the report again, and keeps step and statement in the same
 * transaction. What is released is kept word for word. The challenge is spent whatever the outcome.
 */
export async function submitReportStep(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ seq: number }>> {
  const form = readKeyPress(input);
  if (!form.ok) return form;
  const at = context.clock();
  return inTextTransaction(context.db, async (tx) => {
    const press = await takeKeyPress(
      tx,
      actor,
      { ...form.value, purpose: 'incident-report' },
      at,
      context,
    );
    if (!press.ok) return press;
    const statement = reportStatement.parse(JSON.parse(press.value.document));
    const refused = lacksScope(actor, scopeOfStep[statement.step]);
    if (refused) return refused;
    const ready = await readyForStep(
      tx,
      {
        id: statement.report,
        seen: statement.revision,
        step: statement.step,
        by: actor.personId,
        overrideReason: statement.override?.reason ?? null,
      },
      at,
    );
    if (!ready.ok) return ready;
    if (!isAsSigned(ready.value, statement)) return reportMoved();
    return ok({
      seq: await writeStep(tx, { ready: ready.value, statement, press: press.value }, at),
    });
  });
}

/** What was signed is what stands here now; a limit that came nearer makes nobody less than two. */
function isAsSigned({ made, alone, report }: Ready, statement: ReportStatement): boolean {
  return (
    made.digest === statement.digest &&
    report.version === statement.version &&
    alone === statement.alone
  );
}

type Signed = { ready: Ready; statement: ReportStatement; press: TakenPress };

async function writeStep(tx: Tx, { ready, statement, press }: Signed, at: Date): Promise<number> {
  const { report, made } = ready;
  const { step, digest, channel, override, alone, person } = statement;
  const seq = report.steps.length + 1;
  await tx.incidentReportStep.create({
    data: {
      reportId: report.id,
      seq,
      step,
      actor: person,
      at,
      facts: asJson({
        digest,
        version: report.version,
        channel,
        override: override !== null,
        overrides: override,
        alone,
      }),
      statement: press.document,
      assertion: asJson(press.assertion),
      credentialId: press.assertion.id,
    },
    select: { seq: true },
  });
  if (step === 'released') {
    const kept = await keepText(tx, 'incident_submission', made.text);
    await tx.incidentSubmission.create({
      data: { reportId: report.id, seq, digest, releasedAt: at, ...textColumns(kept) },
      select: { reportId: true },
    });
    await writeMentions(tx, 'incident_submission', [kept]);
  }
  await noteReportStep(tx, report, { step, by: person, at, submittedAt: null });
  await appendAudit(tx, {
    kind: 'incident-report-moved',
    subject: statement.incident,
    actor: person,
    at,
    facts: { report: report.id, stage: report.stage, step, digest, alone },
  });
  return seq;
}
