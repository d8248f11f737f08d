import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { inTextTransaction } from '#lib/persons/in-text-transaction.ts';
import { keepText, textColumns, writeMentions } from '#lib/persons/texts/keep-texts.ts';
import type { Context } from '#lib/platform/context.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { readForm } from '#lib/platform/forms.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { incidentUnknown } from '../desk/act-on-incident.ts';
import { appendEvent, incidentsTopic } from '../desk/append-event.ts';
import { incidentField } from '../desk/form-fields.ts';
import { lockIncident } from '../desk/load-incident.ts';
import { findNoRoom } from '../desk/room.ts';
import { loadProfile } from '../entity/load-profile.ts';
import { prefill, valuesOf } from '../report/prefill.ts';
import { findStageFault } from './stage-fault.ts';
import { loadKnowledge } from './load-knowledge.ts';
import { sentAtOf, valuesText } from './load-report.ts';

const form = z.strictObject({
  id: incidentField,
  stage: z.enum(['initial', 'intermediate', 'final', 'reclassified'], 'Choose the report.'),
});

/** Reports of one incident. */
const reportsMax = 100;

/** Begins a report: its first draft is filled with what the console knows. */
export async function openReport(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ id: string }>> {
  const refused = lacksScope(actor, 'report:raise');
  if (refused) return refused;
  const read = readForm(form, input);
  if (!read.ok) return read;
  const { id: incident, stage } = read.form;
  return inTextTransaction(context.db, async (tx) => {
    const file = await lockIncident(tx, incident);
    if (!file) return incidentUnknown();
    const reports = await tx.incidentReport.findMany({
      where: { incidentId: incident },
      select: {
        stage: true,
        steps: { where: { step: 'sent' }, take: 1, select: { facts: true } },
      },
      take: reportsMax,
    });
    const fault = findStageFault(
      stage,
      file,
      reports.map(({ stage: of, steps: [sent] }) => ({
        stage: of,
        sentAt: sent ? sentAtOf(sent.facts) : null,
      })),
    );
    if (fault) return refuse('not-now', fault);
    const full = findNoRoom(file, 'report-moved');
    if (full) return full;
    if (reports.length >= reportsMax)
      return refuse('too-many', `An incident has at most ${reportsMax} reports.`);
    const profile = await loadProfile(tx);
    if (!profile)
      return refuse(
        'entity-unknown',
        'Say first what this entity is: its name, LEI, Member State and contacts. A manager does so under Incidents, Entity.',
      );
    const at = context.clock();
    const draft = prefill(await loadKnowledge(tx, file, profile, at), stage);
    const id = randomUUID();
    await tx.incidentReport.create({
      data: { id, incidentId: incident, stage, openedBy: actor.personId, openedAt: at },
      select: { id: true },
    });
    const kept = await keepText(tx, 'incident_report_draft', valuesText(valuesOf(draft)));
    await tx.incidentReportDraft.create({
      data: {
        reportId: id,
        version: 1,
        writtenBy: actor.personId,
        writtenAt: at,
        ...textColumns(kept),
      },
      select: { version: true },
    });
    await writeMentions(tx, 'incident_report_draft', [kept]);
    await appendEvent(tx, file, {
      kind: 'report-moved',
      by: actor.personId,
      at: new Date(Math.max(at.getTime(), Date.parse(file.events.at(-1)?.at ?? file.openedAt))),
      facts: { report: id, stage, step: 'opened', submittedAt: null },
    });
    await appendAudit(tx, {
      kind: 'incident-report-drafted',
      subject: file.number,
      actor: actor.personId,
      at,
      facts: { report: id, stage, version: 1 },
    });
    await publish(tx, { topic: incidentsTopic, id: incident });
    return ok({ id });
  });
}
