/** Restrictions set and lifted at a request desk, for database tests. */
import { valueOf } from '#lib/identity/testing/people.ts';
import { fieldOf, type DeskPerson } from '#lib/incidents/testing/incident-desk.ts';
import type { Result } from '#lib/platform/result.ts';
import { newRecord } from '#lib/resilience/testing/desk.ts';
import {
  activitySample,
  partySample,
  privacyTexts,
} from '#lib/resilience/testing/privacy-samples.ts';
import { identifyPerson } from '../requests/move-request.ts';
import { prepareRestrictionLift } from '../restriction/prepare-lift.ts';
import { restrictPerson } from '../restriction/restrict-person.ts';
import { submitRestrictionLift } from '../restriction/submit-lift.ts';
import { tellOfLift } from '../restriction/tell-of-lift.ts';
import { liftingsProved } from './hold-desk.ts';
import { received, type RequestDesk } from './request-desk.ts';

/** A request of this right about the subject, whom Dora identified: two events. */
export async function identified(desk: RequestDesk, right: string) {
  const request = await received(desk, { right });
  const person = { person: desk.subject, ground: 'signed-in', proof: 'Signed in this morning.' };
  valueOf(
    await identifyPerson(
      desk.people.dora.actor,
      { id: request.id, seen: '1', ...person },
      desk.context,
    ),
  );
  return request;
}

/** An activity about clients with contact data, for a purpose that rests on our interest: what they can object to. */
export async function activityOnInterest(desk: RequestDesk, facts: object = {}) {
  const { mia, ida } = desk.people;
  const register = { ...desk, manager: mia.actor, administrator: mia.actor, auditor: ida.actor };
  const known = await desk.owner.resilienceCurrent.findFirst({
    where: { kind: 'party' },
    select: { recordId: true },
  });
  const controller =
    known?.recordId ?? (await newRecord(register, 'party', partySample, privacyTexts.party)).id;
  return newRecord(
    register,
    'activity',
    {
      ...activitySample(mia.actor.personId, controller),
      name: 'Surveys',
      purposes: [onInterest],
      data: [{ category: 'contact', retention: 'relationship' }],
      ...facts,
    },
    privacyTexts.activity,
  );
}
export const onInterest = {
  purpose: 'To ask how they like us',
  basis: 'legitimate-interests',
  ground: 'To get better',
};

/** A restriction that Dora set just now. */
export const restricted = async (desk: RequestDesk, id: string, more: object = {}) =>
  valueOf(
    await restrictPerson(desk.people.dora.actor, { id, ground: 'accuracy', ...more }, desk.context),
  ).restriction;

export const telling = (desk: RequestDesk, restriction: string, more: object = {}) =>
  tellOfLift(
    desk.people.dora.actor,
    {
      restriction,
      seen: '0',
      toldAt: fieldOf(desk.context.clock()),
      proof: 'Letter 18, handed over.',
      ...more,
    },
    desk.context,
  );

/** From the button to the record, with the person's key pressed in between. */
export async function pressLift(
  { context }: Pick<RequestDesk, 'context'>,
  { actor, key }: DeskPerson,
  input: object,
): Promise<Result<{ seq: number }>> {
  const prepared = await prepareRestrictionLift(actor, input, context);
  if (!prepared.ok) return prepared;
  const { nonce, options } = prepared.value;
  const assertion = key.assert({ challenge: options.challenge, origin: context.settings.origin });
  return submitRestrictionLift(actor, { nonce, assertion }, context);
}

/** Told, proposed by Mia, lifted by Ada, and proved. */
export async function liftedByTwo(desk: RequestDesk, restriction: string): Promise<void> {
  await liftedByTwoUnproved(desk, restriction);
  await liftingsProved(desk);
}

/** The same before the worker looked at the keys. */
export async function liftedByTwoUnproved(desk: RequestDesk, restriction: string): Promise<void> {
  valueOf(await telling(desk, restriction));
  const { mia, ada } = desk.people;
  desk.context.passTime(1_000);
  valueOf(await pressLift(desk, mia, { restriction, seen: '1', step: 'lift-proposed' }));
  valueOf(await pressLift(desk, ada, { restriction, seen: '2', step: 'lifted' }));
}
