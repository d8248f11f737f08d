/** One event, two clocks: an incident that is a breach of personal data as well. The link is kept with the incident. */
import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { findMoment, incidentUnknown, lastAt } from '#lib/incidents/desk/act-on-incident.ts';
import { appendEvent } from '#lib/incidents/desk/append-event.ts';
import { linkIncident } from '#lib/incidents/desk/link-incident.ts';
import { lockIncident, type IncidentFile } from '#lib/incidents/desk/load-incident.ts';
import { findNoRoom } from '#lib/incidents/desk/room.ts';
import type { Context } from '#lib/platform/context.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { readForm } from '#lib/platform/forms.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { breachField, breachUnknown } from './act-on-breach.ts';

/** The incident of this number under its lock, where it can be linked now. */
export async function readyToLink(
  tx: Tx,
  actor: Actor,
  number: string,
): Promise<Result<IncidentFile>> {
  const refused = lacksScope(actor, 'incident:work');
  if (refused) return refused;
  const row = await tx.incident.findUnique({ where: { number }, select: { id: true } });
  const file = row && (await lockIncident(tx, row.id));
  if (!file) return incidentUnknown();
  return findMoment(file, 'linked') ?? findNoRoom(file, 'linked') ?? ok(file);
}

export async function writeLink(
  tx: Tx,
  file: IncidentFile,
  { ref, by, now }: { ref: string; by: string; now: Date },
): Promise<void> {
  await appendEvent(tx, file, {
    kind: 'linked',
    by,
    at: new Date(Math.max(now.getTime(), lastAt(file))),
    facts: { links: [{ kind: 'breach', ref }] },
  });
}

const form = z.strictObject({
  id: breachField,
  incident: z
    .string()
    .trim()
    .toUpperCase()
    .min(1, 'Give the number of the incident.')
    .max(40, 'This is no number.'),
});

/** Links a breach that is on record with an incident. */
export async function linkBreach(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ seq: number }>> {
  const refused = lacksScope(actor, 'privacy:work');
  if (refused) return refused;
  const read = readForm(form, input);
  if (!read.ok) return read;
  const { id, incident: number } = read.form;
  const breach = await context.db.privacyBreach.findUnique({
    where: { id },
    select: { number: true },
  });
  if (!breach) return breachUnknown();
  const incident = await context.db.incident.findUnique({
    where: { number },
    select: { id: true },
  });
  if (!incident) return incidentUnknown();
  return linkIncident(actor, { id: incident.id, kind: 'breach', ref: breach.number }, context);
}
