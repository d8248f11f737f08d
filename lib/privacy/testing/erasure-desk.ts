/** A desk of requests at which people are erased, for database tests. */
import { randomUUID } from 'node:crypto';
import { openTexts } from '#lib/audit/sealed-text.ts';
import { valueOf } from '#lib/identity/testing/people.ts';
import { newPersonId } from '#lib/persons/ids.ts';
import { keepText, writeMentions } from '#lib/persons/texts/keep-texts.ts';
import { writePerson, type Values } from '#lib/persons/write-person.ts';
import { dayOf } from '#lib/platform/days.ts';
import { inTransaction, type Tx } from '#lib/platform/db/transaction.ts';
import type { ErasureNeeds } from '../erasure/erasure-row.ts';
import type { ErasurePlan } from '../erasure/plan.ts';
import { planErasure } from '../erasure/plan-erasure.ts';
import { takeDecided } from '../erasure/take-decided.ts';
import { collectSystem } from '../collect/collect-system.ts';
import { giveOpinion, identifyPerson } from '../requests/move-request.ts';
import { reviewRequest } from '../requests/review-request.ts';
import { endedLongAgo } from './ended-long-ago.ts';
import { press, received, type RequestDesk } from './request-desk.ts';

/** Puts an erasure of somebody at the step at which their values may go. */
export async function beginErasing(tx: Tx, personId: string): Promise<void> {
  const { keyId } = await tx.person.findUniqueOrThrow({
    where: { id: personId },
    select: { keyId: true },
  });
  const id = randomUUID();
  const now = new Date();
  await tx.personErasure.create({
    data: {
      id,
      personId,
      cause: 'restore',
      scope: 'whole',
      fields: [],
      plan: 'a'.repeat(64),
      state: 'due',
      queuedAt: now,
    },
  });
  await tx.personErasure.update({
    where: { id },
    data: { state: 'swept', sweptAt: now, oldKey: keyId },
  });
}

/** What the worker has, with books that hold. */
export const erasureNeeds = (
  desk: RequestDesk,
  more: Partial<ErasureNeeds> = {},
): ErasureNeeds => ({
  db: desk.worker,
  clock: desk.context.clock,
  databaseUrl: desk.database.urls.worker,
  verifyBooks: () => Promise.resolve({ journals: 0, accounts: 0 }),
  isProved: () => Promise.resolve(true),
  signal: new AbortController().signal,
  ...more,
});

export async function somebody(desk: RequestDesk, values: Values): Promise<string> {
  const id = newPersonId();
  await inTransaction(desk.web, (tx) =>
    writePerson(tx, { id, values }, { by: 'system', at: desk.context.clock() }),
  );
  return id;
}

/** Makes somebody the client of a number, from then until then. */
export async function tied(
  desk: RequestDesk,
  personId: string,
  { client, until = null }: { client: string; until?: Date | null },
): Promise<void> {
  const at = until ?? desk.context.clock();
  await desk.owner.client.upsert({
    where: { id: client },
    create: { id: client, createdAt: at },
    update: {},
  });
  await desk.web.personTie.create({
    data: { personId, role: 'client', clientId: client, since: at, until },
  });
  if (until) await endedLongAgo(desk.owner, personId);
}

/** A note of a break, with whom it names on record. @returns its commitment. */
export async function noted(desk: RequestDesk, text: string): Promise<string> {
  const kept = await keepText(desk.web, 'break_note', text);
  await inTransaction(desk.owner, async (tx) => {
    await tx.$executeRaw`set local session_replication_role = replica`;
    await tx.$executeRaw`insert into break_note (event_id, sealed, commitment)
      values (${BigInt(Math.floor(Math.random() * 2 ** 40))}, ${kept.sealed}, ${kept.commitment})`;
  });
  await inTransaction(desk.web, (tx) => writeMentions(tx, 'break_note', [kept]));
  return kept.commitment;
}

/** What stands in such a note now. */
export async function notedText(
  desk: RequestDesk,
  commitment: string,
): Promise<string | null | undefined> {
  const row = await desk.owner.breakNote.findUniqueOrThrow({ where: { commitment } });
  return (await openTexts('break_note', [row]))[0];
}

export type Asked = { id: string; number: string };

/** A request of this person that waits for its decision after five events. @param given what it says of its sender. */
export async function askedToErase(
  desk: RequestDesk,
  person: string,
  right = 'erasure',
  given: Record<string, string> = {},
): Promise<Asked> {
  const { id, number } = await received(desk, { right, ...given });
  const { actor } = desk.people.dora;
  const known = { person, ground: 'signed-in', proof: 'Signed in this morning.' };
  valueOf(await identifyPerson(actor, { id, seen: '1', ...known }, desk.context));
  valueOf(await collectSystem(actor, { id, seen: '2', system: 'vault' }, desk.context));
  const review = { id, seen: '3', blockers: [], reasons: 'Looked at what stands against it.' };
  valueOf(await reviewRequest(actor, review, desk.context));
  const text = 'It goes as far as nothing stands against it.';
  valueOf(await giveOpinion(actor, { id, seen: '4', opinion: 'for', text }, desk.context));
  return { id, number };
}

export async function planFor(
  desk: RequestDesk,
  person: string,
  { number }: Asked,
): Promise<ErasurePlan> {
  const today = dayOf(desk.context.clock());
  const plan = await inTransaction(desk.web, (tx) =>
    planErasure(tx, { person, right: 'erasure', number, today }),
  );
  if (!plan) throw new Error('there is no plan for who is erased');
  return plan;
}

export const proposing = ({ id }: Asked, plan: ErasurePlan | null, more: object = {}) => ({
  id,
  seen: '5',
  step: 'proposed',
  decision: plan?.outcome === 'part' ? 'grant-in-part' : 'grant',
  grounds: plan?.outcome === 'part' ? ['legal-duty'] : [],
  earlier: [],
  plan: plan?.digest ?? '',
  reasons: 'As the plan says.',
  ...more,
});

/** Decided by two people and taken into the queue. @returns the id of the erasure. */
export async function decidedErasure(
  desk: RequestDesk,
  person: string,
  given: Record<string, string> = {},
): Promise<Asked & { erasure: string; plan: ErasurePlan }> {
  const asked = await askedToErase(desk, person, 'erasure', given);
  const plan = await planFor(desk, person, asked);
  valueOf(await press(desk, desk.people.mia, proposing(asked, plan)));
  valueOf(await press(desk, desk.people.ada, { id: asked.id, seen: '6', step: 'approved' }));
  await takeDecided(erasureNeeds(desk));
  const { id: erasure } = await desk.owner.personErasure.findFirstOrThrow({
    where: { requestId: asked.id },
    orderBy: { queuedAt: 'desc' },
  });
  return { ...asked, erasure, plan };
}
