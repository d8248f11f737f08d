import type { Actor } from '#lib/identity/actor.ts';
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { refuse, type Refused } from '#lib/platform/result.ts';
import type { EventFacts } from '../requests/event.ts';
import type { RequestFile } from '../requests/load-request.ts';
import { findChoiceFault, keepsSome, purposeKey } from './chosen-stops.ts';
import { isNothingObjectable, objectableIn } from './objectable.ts';
import { writeStop } from './stop-use.ts';

type About = Pick<RequestFile, 'id' | 'number' | 'standing'>;

/**
 * An objection that is granted stops what rests on our interest (Art 21(1)), each purpose by a row that says which and since
 * when; in part, those that the decision names. One about marketing alone was met when marketing stopped, which needs no decision.
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
  const objectable = await objectableIn(tx, id, person.id);
  // Of what was objected to beside marketing nothing rests on our interest: that part was refused.
  if (isNothingObjectable(objectable)) return;
  const { stops } = proposal;
  const stopped = objectable.purposes.filter(
    (one) => stops === undefined || stops.includes(purposeKey(one)),
  );
  // Where only marketing stops, what rests on our interest goes on.
  if (stopped.length + objectable.fields.length === 0) return;
  await tx.personObjection.createMany({
    data: stopped.map(({ activity, version, place }) => ({
      requestId: id,
      activityId: activity,
      version,
      place,
      personId: person.id,
      since: at,
      by: actor.personId,
    })),
    // What stopped by an earlier approval of the same request goes on standing as it was.
    skipDuplicates: true,
  });
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

/**
 * A granted objection, withdrawal or restriction is carried out before it is decided on. An objection to direct marketing
 * is never refused (Art 21(3)), so one is refused only as far as it is to more.
 */
export async function findUncarried(
  tx: Tx,
  { id, standing: { right, person } }: Pick<RequestFile, 'id' | 'standing'>,
  decided: Pick<EventFacts<'proposed'>, 'decision' | 'grounds' | 'stops'>,
): Promise<Refused | null> {
  if (person === null) return null;
  const { decision, grounds } = decided;
  // Of whom it is not known that they may ask, nothing was stopped or restricted yet.
  if (grounds.some((ground) => ground === 'identity-not-shown' || ground === 'authority-not-shown'))
    return null;
  if (right === 'objection') return findObjectionFault(tx, id, person.id, decided);
  if (decision === 'refuse') return null;
  const about = { requestId: id, personId: person.id };
  const stops = () => tx.personStop.count({ where: { ...about, what: 'marketing' } });
  if (right === 'withdraw-consent' && (await stops()) === 0)
    return refuse('not-stopped', 'What was agreed to stops first, at once and without a decision.');
  if (right === 'restriction') {
    const standing = await tx.personRestriction.count({ where: { ...about, liftedAt: null } });
    if (standing === 0)
      return refuse('not-restricted', 'Restrict what it is about first; that can be done at once.');
  }
  return null;
}

async function findObjectionFault(
  tx: Tx,
  requestId: string,
  personId: string,
  decided: Pick<EventFacts<'proposed'>, 'decision' | 'grounds' | 'stops'>,
): Promise<Refused | null> {
  const { decision, stops } = decided;
  const isToMarketing =
    (await tx.personStop.count({ where: { requestId, personId, what: 'marketing' } })) > 0;
  const isToMore = await isUnderTest(tx, requestId, personId);
  if (!isToMarketing && !isToMore)
    return refuse(
      'not-stopped',
      'Say what the objection is to: stop marketing, or restrict what rests on our interest while it is tested.',
    );
  // Beside marketing, only what rests on our interest can be objected to: a contract or a legal duty goes on.
  const isMoreGranted = decision === 'grant' || (decision === 'grant-in-part' && !isToMarketing);
  const { fields, purposes } = await objectableIn(tx, requestId, personId);
  if (isToMore && isMoreGranted && isNothingObjectable({ fields, purposes }))
    return refuse(
      'not-objectable',
      isToMarketing
        ? 'Beside marketing, nothing that was objected to rests on our legitimate interest. Grant it in part, and refuse the rest as the right does not apply to it (Art 21(1)).'
        : 'Nothing that was objected to rests on our legitimate interest, but on a contract, a legal duty or a consent. Refuse it, as the right does not apply to it (Art 21(1)).',
    );
  if (isToMore && keepsSome(decided))
    return findChoiceFault({
      stops,
      objectable: purposes.map(purposeKey),
      stopsMore: isToMarketing || fields.length > 0,
    });
  if (!isToMarketing || decision === 'grant' || (isToMore && decision === 'grant-in-part'))
    return null;
  return refuse(
    'marketing-objected',
    isToMore
      ? 'An objection to direct marketing is never refused (Art 21(3)). Grant this one in part: that part holds already.'
      : 'An objection to direct marketing is never refused, on no ground (Art 21(3)). It holds already, so grant it.',
  );
}
