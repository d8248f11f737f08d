/** Breaches that were closed years ago, as far as the database can tell, for database tests. */
import { valueOf } from '#lib/identity/testing/people.ts';
import { fieldOf } from '#lib/incidents/testing/incident-desk.ts';
import { closeBreach, containBreach } from '../breaches/move-breach.ts';
import { recordNotified } from '../breaches/tell-breach.ts';
import { listPersons, recordPersonsTold } from '../breaches/tell-persons.ts';
import {
  assessed,
  confirmed,
  described,
  dismissed,
  plain,
  pressBreach,
  reported,
  severe,
} from './breach-desk.ts';
import type { RequestDesk } from './request-desk.ts';

export type OldBreach = { id: string; number: string };

/** The database takes a breach for one that was closed so much earlier. @param by such as `5 years 1 day`. */
export async function aged({ owner }: RequestDesk, id: string, by: string): Promise<void> {
  await owner.$executeRaw`alter table privacy_breach_standing disable trigger user`;
  await owner.$executeRaw`update privacy_breach_standing set closed_at = closed_at - ${by}::interval
    where breach_id = ${id}::uuid`;
  await owner.$executeRaw`alter table privacy_breach_standing enable always trigger never_removed`;
}

/** One that was found to be none, six years ago where nothing else is said. */
export async function oldDismissed(
  desk: RequestDesk,
  { by = '6 years', ...more }: Record<string, string> = {},
): Promise<OldBreach> {
  const breach = await reported(desk, more);
  await dismissed(desk, breach.id, 1, 'No personal data were in it.');
  await aged(desk, breach.id, by);
  return breach;
}

/**
 * One of high risk that was notified, of which the persons given were told, closed six years ago: 11 events. The contact
 * of the data protection officer is on record before.
 */
export async function oldSevere(desk: RequestDesk, persons: string): Promise<OldBreach> {
  const breach = await confirmed(desk);
  const { id } = breach;
  const { context, people } = desk;
  const now = fieldOf(context.clock());
  await described(desk, id, 2);
  valueOf(await assessed(desk, id, 3, severe));
  const dora = people.dora.actor;
  const measures = 'The account was closed and the list deleted.';
  valueOf(await containBreach(dora, { id, seen: '4', containedAt: now, measures }, context));
  valueOf(await pressBreach(desk, people.mia, { id, seen: '5', step: 'notification-signed' }));
  const sent = { sentAt: now, channel: 'portal', reference: 'DSB-1' };
  valueOf(await recordNotified(dora, { id, seen: '6', ...sent }, context));
  const letter = 'A list with your name went to somebody who should not have it.';
  const deciding = { step: 'persons-decided', isTold: 'yes', exception: '', letter, ...plain };
  valueOf(await pressBreach(desk, people.mia, { id, seen: '7', ...deciding }));
  valueOf(await listPersons(dora, { id, seen: '8', persons }, context));
  const telling = { sentAt: now, channel: 'email', others: '60', proof: 'Log of the server.' };
  valueOf(await recordPersonsTold(dora, { id, seen: '9', ...telling }, context));
  valueOf(await closeBreach(dora, { id, seen: '10', note: '' }, context));
  await aged(desk, id, '6 years');
  return breach;
}
