/** What is done with a report without a key: declining, withdrawing, and what the authority made of it. */
import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Scope } from '#lib/identity/roles.ts';
import { inTextTransaction } from '#lib/persons/in-text-transaction.ts';
import type { Context } from '#lib/platform/context.ts';
import { asJson } from '#lib/platform/db/as-json.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { minuteField, readForm, seenField, textField } from '#lib/platform/forms.ts';
import { ok, refuse, type Refused, type Result } from '#lib/platform/result.ts';
import { readText } from '#lib/protocol/free-text.ts';
import { incidentField } from '../desk/form-fields.ts';
import { lockIncident, type IncidentFile } from '../desk/load-incident.ts';
import { findNoRoom } from '../desk/room.ts';
import { textFields } from '../desk/texts.ts';
import {
  channels,
  findStepsFull,
  mayStep,
  reportStages,
  type Channel,
  type ReportStep,
} from './life.ts';
import {
  lockReport,
  reportMoved,
  reportUnknown,
  sentAtOf,
  type ReportFile,
} from './load-report.ts';
import { noteReportStep } from './note-step.ts';
import { findStandingFault, standingSince } from './stage-fault.ts';

type Moved = Promise<Result<{ seq: number }>>;
const about = { id: incidentField, seen: seenField };

type About = { report: ReportFile; file: IncidentFile; now: Date; tx: Tx };
type Move = {
  scope: Scope;
  id: string;
  seen: number;
  step: ReportStep;
  /** Facts of the step, or why it can't be taken. */
  draw: (
    about: About,
  ) => Result<Record<string, unknown>> | Refused | Promise<Result<Record<string, unknown>>>;
};

async function move(actor: Actor, context: Context, wanted: Move): Moved {
  const refused = lacksScope(actor, wanted.scope);
  if (refused) return refused;
  const at = context.clock();
  return inTextTransaction(context.db, async (tx) => {
    const report = await lockReport(tx, wanted.id);
    if (!report) return reportUnknown();
    if (report.steps.length !== wanted.seen) return reportMoved();
    if (!mayStep(report.state, wanted.step))
      return refuse(
        'not-now',
        'This can’t be done with the report at this stage. Load the page again.',
      );
    const full = findStepsFull(report.steps.length, wanted.step);
    if (full) return refuse('too-many', full);
    const file = await lockIncident(tx, report.incidentId);
    if (!file) throw new Error('A report without its incident.');
    const crowded = findNoRoom(file, 'report-moved');
    if (crowded) return crowded;
    const drawn = await wanted.draw({ report, file, now: at, tx });
    if (!drawn.ok) return drawn;
    const seq = wanted.seen + 1;
    await tx.incidentReportStep.create({
      data: {
        reportId: report.id,
        seq,
        step: wanted.step,
        actor: actor.personId,
        at,
        facts: asJson(drawn.value),
      },
      select: { seq: true },
    });
    await noteReportStep(tx, report, {
      step: wanted.step === 'sent' ? 'submitted' : wanted.step,
      by: actor.personId,
      at,
      submittedAt: wanted.step === 'sent' ? new Date(String(drawn.value['sentAt'])) : null,
    });
    await appendAudit(tx, {
      kind: 'incident-report-moved',
      subject: report.id,
      actor: actor.personId,
      at,
      facts: { report: report.id, stage: report.stage, step: wanted.step },
    });
    return ok({ seq });
  });
}

const withReasons = z.strictObject({ ...about, reasons: textField });

/** Another person than who raised it sends it back, with reasons. */
export async function declineReport(actor: Actor, input: unknown, context: Context): Moved {
  const read = readForm(withReasons, input);
  if (!read.ok) return read;
  const reasons = readText(read.form.reasons, textFields.reasons);
  if (!reasons.ok) return refuse('text-invalid', reasons.sentence);
  return move(actor, context, {
    scope: 'report:approve',
    ...read.form,
    step: 'declined',
    draw: ({ report: { steps } }) =>
      steps.at(-1)?.actor === actor.personId
        ? refuse('same-person', 'You raised it. Withdraw it instead.')
        : ok({ reasons: reasons.text }),
  });
}

/** Who raised it takes it back, to write on it. */
export async function withdrawReport(actor: Actor, input: unknown, context: Context): Moved {
  const read = readForm(z.strictObject(about), input);
  if (!read.ok) return read;
  return move(actor, context, {
    scope: 'report:raise',
    ...read.form,
    step: 'withdrawn',
    draw: ({ report: { steps } }) =>
      steps.at(-1)?.actor === actor.personId
        ? ok({})
        : refuse('other-person', 'Who raised it withdraws it. Decline it instead, with reasons.'),
  });
}

const sending = z.strictObject({
  ...about,
  sentAt: minuteField('when it was sent'),
  channel: z.enum(Object.keys(channels) as [Channel, ...Channel[]], 'Say how it was sent.'),
});

/** When and how the released document went to the authority. Time limits run from this moment. */
export async function recordSent(actor: Actor, input: unknown, context: Context): Moved {
  const read = readForm(sending, input);
  if (!read.ok) return read;
  const { sentAt, channel } = read.form;
  return move(actor, context, {
    scope: 'report:raise',
    ...read.form,
    step: 'sent',
    draw: async ({ report: { steps, stage, incidentId }, file, now, tx }) => {
      const released = steps.findLast(({ step }) => step === 'released');
      // A field gives minutes, so the minute of the release counts as after it.
      const earliest = Math.floor(Date.parse(released?.at ?? '') / 60_000) * 60_000;
      if (sentAt > now) return refuse('in-the-future', 'The time of sending lies ahead.');
      if (sentAt.getTime() < earliest)
        return refuse('too-early', 'It was released only later. Put when it was sent.');
      const fault = findStandingFault(stage, file);
      // What went out before that was decided did go out.
      if (fault && sentAt.getTime() > Date.parse(standingSince(file) ?? file.openedAt))
        return refuse(
          'not-notified',
          `${fault} If it was sent before that was decided, give that time; if it was sent all the same, write a note and tell the authority.`,
        );
      const at = new Date(Math.max(sentAt.getTime(), Date.parse(released?.at ?? '')));
      const missing = stage === 'initial' ? null : await findUnsentBefore(tx, stage, incidentId);
      if (missing !== null) return refuse('out-of-order', missing);
      return ok({ sentAt: at.toISOString(), channel });
    },
  });
}

/** Reports go in the order of their stages; several may go at the same moment (ITS 2025/302 Art 2). */
async function findUnsentBefore(
  tx: Tx,
  stage: ReportFile['stage'],
  incidentId: string,
): Promise<string | null> {
  const before = stage === 'final' ? 'intermediate' : 'initial';
  const sent = await tx.incidentReportStep.count({
    where: { step: 'sent', report: { incidentId, stage: before } },
  });
  return sent > 0
    ? null
    : `Record first that the ${reportStages[before].toLowerCase()} was sent: the limits count from there.`;
}

const receipt = z.strictObject({
  ...about,
  reference: z
    .string()
    .trim()
    .min(1, 'Give the authority’s reference.')
    .max(200, 'A reference has at most 200 characters.')
    .regex(/^[\x21-\x7e][\x20-\x7e]*$/, 'Write the reference in plain Latin letters and digits.'),
  receivedAt: minuteField('when the receipt came'),
});

/** The authority acknowledged it (DORA Art 22). */
export async function recordReceipt(actor: Actor, input: unknown, context: Context): Moved {
  const read = readForm(receipt, input);
  if (!read.ok) return read;
  const { reference, receivedAt } = read.form;
  return move(actor, context, {
    scope: 'report:raise',
    ...read.form,
    step: 'receipt',
    draw: ({ report: { steps }, now }) => {
      if (receivedAt > now) return refuse('in-the-future', 'The time of the receipt lies ahead.');
      const sentAt = sentAtOf(steps.findLast(({ step }) => step === 'sent')?.facts);
      // A field gives minutes, so the minute of the sending counts as after it.
      if (receivedAt.getTime() < Math.floor(Date.parse(sentAt) / 60_000) * 60_000)
        return refuse('too-early', 'It was sent only later. Put when the receipt came.');
      return ok({ reference, receivedAt: receivedAt.toISOString() });
    },
  });
}
