/** Holds on people, opened and lifted at a request desk, for database tests. */
import { valueOf } from '#lib/identity/testing/people.ts';
import type { DeskPerson } from '#lib/incidents/testing/incident-desk.ts';
import { monthsLater } from '#lib/incidents/days.ts';
import { dayOf } from '#lib/platform/days.ts';
import type { Result } from '#lib/platform/result.ts';
import { openHold } from '../retention/holds/open-hold.ts';
import { prepareLift } from '../retention/holds/prepare-lift.ts';
import { submitLift } from '../retention/holds/submit-lift.ts';
import { ProvenLiftings } from '../retention/prove-liftings.ts';
import type { RequestDesk } from './request-desk.ts';

export const holding = (desk: RequestDesk) => ({
  ground: 'legal-claim',
  article: '17-3-e',
  reviewOn: monthsLater(dayOf(desk.context.clock()), 6),
  person: desk.subject,
  reasons: 'She sues us over a transfer of May; the court asked for the file.',
});

/** A hold that Mia, a manager, opened just now. */
export const held = async (desk: RequestDesk, more: Record<string, string> = {}) =>
  valueOf(await openHold(desk.people.mia.actor, { ...holding(desk), ...more }, desk.context));

/** From the button to the record, with the person's key pressed in between. */
export async function pressLift(
  { context }: Pick<RequestDesk, 'context'>,
  { actor, key }: DeskPerson,
  input: object,
): Promise<Result<{ seq: number }>> {
  const prepared = await prepareLift(actor, input, context);
  if (!prepared.ok) return prepared;
  const { nonce, options } = prepared.value;
  const assertion = key.assert({ challenge: options.challenge, origin: context.settings.origin });
  return submitLift(actor, { nonce, assertion }, context);
}

/**
 * The worker finds the keys of what was lifted. Presses come from the use cases here; that forged ones release nothing is
 * tested where they are verified.
 */
export const liftingsProved = async ({ worker, context }: RequestDesk): Promise<void> =>
  new ProvenLiftings({
    db: worker,
    clock: context.clock,
    isLiftProved: () => Promise.resolve(true),
  }).look();

/** Proposed by one, lifted by another, and proved. @param seen events that there are before. */
export async function lifted(desk: RequestDesk, id: string, seen = 1): Promise<void> {
  await liftedUnproved(desk, id, seen);
  await liftingsProved(desk);
}

/** The same before the worker looked at the keys. */
export async function liftedUnproved(desk: RequestDesk, id: string, seen = 1): Promise<void> {
  const reasons = 'The court closed the case.';
  const { mia, ada } = desk.people;
  valueOf(await pressLift(desk, mia, { id, seen: `${seen}`, step: 'lift-proposed', reasons }));
  valueOf(await pressLift(desk, ada, { id, seen: `${seen + 1}`, step: 'lifted' }));
}
