import { appendAudit } from '#lib/audit/append-entry.ts';
import { asJson } from '#lib/platform/db/as-json.ts';
import { startOfDay } from '#lib/platform/days.ts';
import { publish } from '#lib/platform/db/notify.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { requestClock, type Seat } from './clock.ts';
import { eventFacts, type EventFacts } from './event.ts';
import type { EventKind } from './life.ts';
import { loadRequest } from './load-request.ts';
import type { SealedText } from './sealed-texts.ts';

/** Topic of notices about requests. */
export const requestsTopic = 'privacy-requests';

export type NewEvent<K extends EventKind> = {
  kind: K;
  facts: EventFacts<K>;
  texts?: readonly SealedText[];
  /** Person id, `public` or `system`. */
  by: string;
  at: Date;
};

/**
 * Writes the next event of a request with its texts and its audit entry, and counts its clock for lists, in the caller's
 * transaction.
 * @param about the request as it was just read under its lock.
 * @returns the number of the event.
 * @throws for facts that no such event has, and what the database's guards refuse.
 */
export async function appendEvent<K extends EventKind>(
  tx: Tx,
  about: { id: string; number: string; seq: number },
  { kind, facts, texts = [], by, at }: NewEvent<K>,
  seat: Seat | null,
): Promise<number> {
  const seq = about.seq + 1;
  const said = eventFacts[kind].parse(facts);
  await tx.privacyRequestEvent.create({
    data: { requestId: about.id, seq, kind, actor: by, at, facts: asJson(said) },
    select: { seq: true },
  });
  if (texts.length > 0)
    await tx.privacyRequestText.createMany({
      data: texts.map((text) => ({ requestId: about.id, seq, ...text })),
    });
  await appendAudit(tx, {
    kind: kind === 'opened' ? 'privacy-request-opened' : 'privacy-request-moved',
    subject: about.number,
    // The trail knows people and the system; who sent a form is neither.
    actor: by === 'public' ? 'system' : by,
    at,
    facts: { event: kind, seq },
  });
  await writeClock(tx, about.id, { seat, at });
  await publish(tx, { topic: requestsTopic, id: about.id });
  return seq;
}

async function writeClock(
  tx: Tx,
  id: string,
  { seat, at }: { seat: Seat | null; at: Date },
): Promise<void> {
  const file = seat && (await loadRequest(tx, id));
  if (!file) return;
  const { state, dueOn, targetOn } = requestClock(file.standing, seat, at);
  const counted = {
    seq: file.seq,
    state,
    dueOn: startOfDay(dueOn),
    targetOn: startOfDay(targetOn),
    computedAt: at,
  };
  await tx.privacyRequestClock.upsert({
    where: { requestId: id },
    create: { requestId: id, ...counted },
    update: counted,
    select: { requestId: true },
  });
}
