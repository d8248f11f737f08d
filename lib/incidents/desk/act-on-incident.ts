/**
 * What every act at the desk does: who may, the incident as they saw it, whether this may happen now, and
 * then its event. Check and act are one transaction.
 */
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Scope } from '#lib/identity/roles.ts';
import { inTextTransaction } from '#lib/persons/in-text-transaction.ts';
import type { Context } from '#lib/platform/context.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Refused, type Result } from '#lib/platform/result.ts';
import { appendEvent, type NewEvent } from './append-event.ts';
import { mayHappen, type EventKind } from './life.ts';
import { lockIncident, type IncidentFile } from './load-incident.ts';
import { findNoRoom } from './room.ts';

export type ActRefusal =
  | 'not-allowed'
  | 'incident-unknown'
  | 'incident-moved'
  | 'not-now'
  | 'same-person'
  | 'too-many'
  | 'form-invalid'
  | 'text-invalid';

export type Act<K extends EventKind> = {
  scope: Scope;
  id: string;
  /** Number of the last event that the person saw; null where it does not matter what people did since. */
  seen: number | null;
  kind: K;
  /** Reads the incident under its lock and says what to write, or why not. */
  draw: (
    about: IncidentFile,
    tx: Tx,
    at: Date,
  ) =>
    | Promise<Result<Omit<NewEvent<K>, 'kind' | 'by' | 'at'>>>
    | Result<Omit<NewEvent<K>, 'kind' | 'by' | 'at'>>;
  /** What else belongs to the same change. */
  write?: (written: { tx: Tx; about: IncidentFile; seq: number; at: Date }) => Promise<void>;
};

export const incidentUnknown = (): Refused<'incident-unknown'> =>
  refuse('incident-unknown', 'There is no such incident.');

/** @returns the number of the event that was written. */
export async function actOnIncident<K extends EventKind>(
  actor: Actor,
  context: Context,
  act: Act<K>,
): Promise<Result<{ seq: number }>> {
  const refused = lacksScope(actor, act.scope);
  if (refused) return refused;
  return inTextTransaction(context.db, async (tx) => {
    const about = await lockIncident(tx, act.id);
    if (!about) return incidentUnknown();
    // Two people's clocks may differ; what comes later is never written as earlier.
    const at = new Date(Math.max(context.clock().getTime(), lastAt(about)));
    if (act.seen !== null && hasMoved(about, act.seen))
      return refuse(
        'incident-moved',
        'Somebody did something about it in the meantime. Look at it again, then say what you want.',
      );
    const fault = findMoment(about, act.kind) ?? findNoRoom(about, act.kind);
    if (fault) return fault;
    const drawn = await act.draw(about, tx, at);
    if (!drawn.ok) return drawn;
    const seq = await appendEvent(tx, about, {
      ...drawn.value,
      kind: act.kind,
      by: actor.personId,
      at,
    });
    await act.write?.({ tx, about, seq, at });
    return ok({ seq });
  });
}

/** The refusal of what may not happen at this stage. */
export function findMoment(about: IncidentFile, kind: EventKind): Refused<'not-now'> | null {
  if (mayHappen(about.standing.state, kind)) return null;
  const sentence =
    about.standing.state === 'new'
      ? `${about.number} is new. Triage it first.`
      : about.standing.state === 'working'
        ? `${about.number} is being worked on, so this can’t be done now. Load the page again.`
        : `${about.number} is ${about.standing.state}. Reopen it first.`;
  return refuse('not-now', sentence);
}

/**
 * Whether somebody did something that the person has not seen. Warnings and escalations come by time alone
 * and change nothing that anybody decides on; who acknowledges an incident must not lose against them.
 */
const hasMoved = ({ events, seq: last }: IncidentFile, seen: number): boolean =>
  seen > last || events.some(({ seq, actor }) => seq > seen && actor !== 'system');

export const lastAt = ({ events }: Pick<IncidentFile, 'events'>): number =>
  Date.parse(events.at(-1)?.at ?? '1970-01-01T00:00:00Z');
