/**
 * The file of a breach in a run of retention: texts, notifications and the list of persons. The register's line stays, with
 * the commitments by which what was signed goes on to verify.
 */
import type { Tx } from '#lib/platform/db/transaction.ts';
import { skipReasons } from './skips.ts';

export type FoundFile = {
  id: string;
  keyId: string;
  /** Why it stays; null where it goes. */
  left: string | null;
};

/** What is begun goes on to its end, whoever opens a hold meanwhile: its key may be gone. */
export async function findBreachFile(tx: Tx, number: string): Promise<FoundFile | null> {
  const breach = await tx.privacyBreach.findUnique({
    where: { number },
    include: { standing: { select: { state: true } }, erasure: { select: { erasedAt: true } } },
  });
  if (!breach?.standing) return null;
  const { id, keyId, erasure } = breach;
  if (erasure) return { id, keyId, left: erasure.erasedAt && 'It was erased before' };
  const [stays] = await tx.$queryRaw<{ held: boolean; open: boolean }[]>`
    select exists (select from holds_on_breach(${id}::uuid)) as held, is_breach_incident_open(${number}) as open`;
  if (stays?.held) return { id, keyId, left: skipReasons.hold };
  if (stays?.open) return { id, keyId, left: skipReasons.incident };
  const isOver = ['closed', 'not-a-breach'].includes(breach.standing.state);
  return { id, keyId, left: isOver ? null : 'It was opened again' };
}

/** From here on nothing is written about the breach, and a hold comes too late. Asked again it changes nothing. */
export async function beginBreachFile(
  tx: Tx,
  { id, runId, at }: { id: string; runId: string; at: Date },
): Promise<void> {
  await tx.$executeRaw`insert into privacy_breach_erasure (breach_id, run_id, begun_at)
    select ${id}::uuid, ${runId}::uuid, ${at}
    where not exists (select from privacy_breach_erasure e where e.breach_id = ${id}::uuid)`;
}

/** Takes out what the key sealed, and who is on the list or named in a text. How much it was stays on record. */
export async function clearBreachFile(tx: Tx, id: string, at: Date): Promise<void> {
  const where = { breachId: id };
  const texts = await tx.privacyBreachText.findMany({
    where,
    select: { commitment: true, erasedAt: true },
  });
  const commitments = texts.map(({ commitment }) => commitment);
  await tx.privacyBreachText.updateMany({
    where: { ...where, erasedAt: null },
    data: { sealed: null, erasedAt: at },
  });
  await tx.personMention.deleteMany({
    where: { ofTable: 'privacy_breach_text', commitment: { in: commitments } },
  });
  await tx.privacyBreachTold.deleteMany({ where });
  await tx.privacyBreachTakenOff.deleteMany({ where });
  const { count: persons } = await tx.privacyBreachPerson.deleteMany({ where });
  await tx.privacyBreachErasure.updateMany({
    where,
    data: { erasedAt: at, texts: texts.length, persons },
  });
}
