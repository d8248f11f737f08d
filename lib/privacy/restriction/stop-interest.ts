import type { Actor } from '#lib/identity/actor.ts';
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { refuse, type Refused } from '#lib/platform/result.ts';
import type { EventFacts } from '../requests/event.ts';
import type { RequestFile } from '../requests/load-request.ts';
import { writeStop } from './stop-use.ts';

type About = Pick<RequestFile, 'id' | 'number' | 'standing'>;

/**
 * An objection that is granted stops what rests on our interest (Art 21(1)). One about marketing alone was met when
 * marketing stopped, which needs no decision.
 */
export async function stopInterest(
  tx: Tx,
  actor: Actor,
  { id, number, standing }: About,
  at: Date,
): Promise<void> {
  const { person, proposal } = standing;
  if (person === null || proposal === null || proposal.decision === 'refuse') return;
  if (!(await isUnderTest(tx, id, person.id))) return;
  const what = { what: 'interest', why: 'objected', requestId: id, number } as const;
  await writeStop(tx, { person: person.id, ...what }, at, actor);
}

/** Whether the objection is to more than marketing: then what it is to was restricted while it was tested. */
const isUnderTest = async (
  db: Database | Tx,
  requestId: string,
  personId: string,
): Promise<boolean> =>
  (await db.personRestriction.count({ where: { requestId, personId, ground: 'objection' } })) > 0;

/** A granted objection, withdrawal or restriction is carried out before it is decided on. */
export async function findUncarried(
  tx: Tx,
  { id, standing: { right, person } }: Pick<RequestFile, 'id' | 'standing'>,
  { decision }: Pick<EventFacts<'proposed'>, 'decision'>,
): Promise<Refused | null> {
  if (decision === 'refuse' || person === null) return null;
  const about = { requestId: id, personId: person.id };
  const stops = () => tx.personStop.count({ where: { ...about, what: 'marketing' } });
  if (right === 'withdraw-consent' && (await stops()) === 0)
    return refuse('not-stopped', 'What was agreed to stops first, at once and without a decision.');
  if (right === 'objection' && (await stops()) === 0 && !(await isUnderTest(tx, id, person.id)))
    return refuse(
      'not-stopped',
      'Say what the objection is to: stop marketing, or restrict what rests on our interest while it is tested.',
    );
  if (right === 'restriction') {
    const standing = await tx.personRestriction.count({ where: { ...about, liftedAt: null } });
    if (standing === 0)
      return refuse('not-restricted', 'Restrict what it is about first; that can be done at once.');
  }
  return null;
}
