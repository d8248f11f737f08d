import { randomUUID } from 'node:crypto';
import { appendAudit } from '#lib/audit/append-entry.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { publish } from '#lib/platform/db/notify.ts';

export type NewIncident = {
  what:
    | 'freeze'
    | 'release'
    | 'break-glass'
    | 'unexplained-outflow'
    | 'unexplained-balance'
    | 'chain-reorganised'
    | 'token-differs'
    | 'deposit-reversed'
    | 'settlement-undone'
    | 'assets-mixed'
    | 'correction-unproved'
    | 'break-over-limit'
    | 'break-closing-unproved'
    | 'signature-unproved'
    | 'major-dropped'
    | 'key-refused';
  /** One line without personal data; it stays. */
  title: string;
  /** Person id, or `system`. */
  openedBy: string;
  /** Operations it is about; their rows must exist. */
  operations: readonly string[];
};

/** Opens a record that somebody has to answer for, in the caller's transaction. @returns its number. */
export async function openIncident(tx: Tx, incident: NewIncident, now: Date): Promise<string> {
  const id = randomUUID();
  const { what, title, openedBy } = incident;
  const { number } = await tx.incidentRecord.create({
    data: { id, what, title, openedAt: now, openedBy },
    select: { number: true },
  });
  await tx.incidentOperation.createMany({
    data: incident.operations.map((operationId) => ({ incidentId: id, operationId })),
  });
  await appendAudit(tx, {
    kind: 'incident-opened',
    subject: number,
    actor: openedBy,
    at: now,
    facts: { what, operation: incident.operations[0] ?? null },
  });
  await publish(tx, { topic: 'incidents', id });
  return number;
}

/**
 * The newest of these incidents that people have neither closed nor dropped; null where there is none. For what comes
 * and goes, or what outsiders can cause as often as they like: it is one case while people have it.
 * @param numbers a few.
 */
export async function findOpenIncident(tx: Tx, numbers: readonly string[]): Promise<string | null> {
  if (numbers.length === 0) return null;
  const [found] = await tx.$queryRaw<{ number: string }[]>`
    select r.number from incident_record r left join incident_standing s on s.number = r.number
      where r.number = any(${[...numbers]}) and (s.state is null or s.state not in ('closed', 'dropped'))
      order by r.opened_at desc, r.number desc limit 1`;
  return found?.number ?? null;
}
