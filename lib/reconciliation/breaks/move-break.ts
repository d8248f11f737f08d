/** One step that a person takes with a break: the row, its event, what they wrote, and the audit entry. */
import { appendAudit } from '#lib/audit/append-entry.ts';
import type { Actor } from '#lib/identity/actor.ts';
import { keysRefusal, type KeysRefusal } from '#lib/persons/keys-refusal.ts';
import {
  keepText,
  textColumns,
  writeMentions,
  type KeptText,
} from '#lib/persons/texts/keep-texts.ts';
import type { Context } from '#lib/platform/context.ts';
import { asJson } from '#lib/platform/db/as-json.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inTransaction, type Tx } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import type { AssertionJson } from '#lib/protocol/statement.ts';
import { lifeOf, proposalColumns } from './break-row.ts';
import { stepBreak, type BreakEvent, type BreakLife, type LifeRefusal } from './lifecycle.ts';

export type BreakStep = {
  id: string;
  /** The revision of the page that the person read; another is not acted on unread. */
  revision: number;
  /** Null for a comment, which moves nothing. */
  event: Exclude<BreakEvent, { what: 'found' | 'matched' | 'unproved' }> | null;
  /** What they wrote; null for nothing. */
  text: KeptText | null;
};

/** A statement whose key press was verified. */
export type SignedStep = {
  document: string;
  assertion: AssertionJson;
};

export type StepRefusal = LifeRefusal | 'break-unknown' | 'break-moved' | KeysRefusal;

export const breakUnknown = () => refuse('break-unknown', 'There is no such break.');
export const breakMoved = () =>
  refuse(
    'break-moved',
    'Something happened to this break since you opened the page. Read it again, then decide.',
  );

export async function moveBreak(
  actor: Actor,
  { text, ...step }: Omit<BreakStep, 'text'> & { text: string | null },
  { db, clock }: Pick<Context, 'db' | 'clock'>,
): Promise<Result<{ revision: number }, StepRefusal>> {
  const at = clock();
  return keysRefusal(async () => {
    const note = text === null ? null : await keepText(db, 'break_note', text);
    return inTransaction(db, (tx) =>
      moveBreakIn(tx, actor, { ...step, text: note }, { at, signed: null }),
    );
  });
}

/** The same in the caller's transaction. @param signed what was signed about it; null for what needs no key. */
export async function moveBreakIn(
  tx: Tx,
  actor: Actor,
  step: BreakStep,
  { at, signed }: { at: Date; signed: SignedStep | null },
): Promise<Result<{ revision: number }, StepRefusal>> {
  await tx.$queryRaw`select id from break_record where id = ${step.id}::uuid for no key update`;
  const row = await tx.breakRecord.findUnique({ where: { id: step.id } });
  if (!row) return breakUnknown();
  // A comment says the same whatever came in between.
  if (step.event && row.revision !== step.revision) return breakMoved();
  const before = lifeOf(row);
  const next = step.event ? stepBreak(before, step.event) : ok(before);
  if (!next.ok) return next;
  const revision = row.revision + 1;
  const what = step.event?.what ?? 'commented';
  await tx.breakRecord.update({
    where: { id: row.id },
    data: { revision, ...columnsOf(next.value, what, actor.personId, at) },
    select: { id: true },
  });
  const note = step.text;
  const facts = factsOf(step.event);
  const event = await tx.breakEvent.create({
    data: {
      breakId: row.id,
      revision,
      what,
      actor: actor.personId,
      at,
      facts,
      commitment: note?.commitment ?? null,
    },
    select: { id: true },
  });
  if (note) {
    await tx.breakNote.create({
      data: { eventId: event.id, ...textColumns(note) },
      select: { eventId: true },
    });
    await writeMentions(tx, 'break_note', [note]);
  }
  if (signed)
    await tx.breakStatement.create({
      data: {
        eventId: event.id,
        document: signed.document,
        assertion: asJson(signed.assertion),
        credentialId: signed.assertion.id,
      },
      select: { eventId: true },
    });
  await appendAudit(tx, {
    kind: 'break-moved',
    subject: row.number,
    actor: actor.personId,
    at,
    facts: {
      what,
      content: row.content,
      note: note?.commitment ?? null,
      credential: signed?.assertion.id ?? null,
      ...facts,
    },
  });
  await publish(tx, { topic: 'reconciliation', id: row.id });
  return ok({ revision });
}

function columnsOf(life: BreakLife, what: string, person: string, at: Date) {
  const { state, owner } = life;
  switch (what) {
    case 'commented':
      return {};
    case 'taken':
      return { owner };
    case 'accepted':
      // What was proposed stays on the row beside who accepted it.
      return { state, closedBy: life.closedBy, closedAt: at, acceptedBy: person };
    default:
      return { state, ...proposalColumns(life) };
  }
}

function factsOf(event: BreakStep['event']): Record<string, string> {
  if (event?.what !== 'proposed') return {};
  const { how, journal } = event.proposal;
  return journal === null ? { how } : { how, journal };
}
