/** The sample administrator invites guests, when somebody at the console's door asks. */
import { inviteOperator } from '#lib/identity/invite-operator.ts';
import type { GuestLink } from '#lib/operations/ask-invitation.ts';
import type { GuestSeat } from '#lib/operations/guest-seats.ts';
import { operatorNames } from '#lib/persons/operator-names.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { peopleMax } from '#lib/protocol/roster.ts';
import type { WorkingColleague } from './colleague.ts';
import { guestFor } from './people.ts';

/** Links that may be out at once. Anybody can ask for one, so what they take stays small. */
export const openGuestLinksMax = 30;

async function findRefusal({ actor }: WorkingColleague, context: Context) {
  const waiting = { usedAt: null, expiresAt: { gt: context.clock() } };
  const open = await context.db.invitation.count({
    where: { ...waiting, invitedBy: actor.personId, operator: { status: 'invited' } },
  });
  if (open >= openGuestLinksMax)
    return refuse(
      'too-many-guests',
      `${open} guest links wait to be used, and that is the most. Use one of those; each ends by itself a day after it was made.`,
    );
  const seated = await context.db.operator.count({
    where: { OR: [{ status: { not: 'invited' } }, { invitations: { some: waiting } }] },
  });
  if (seated >= peopleMax)
    return refuse(
      'roster-full',
      `The roster holds ${peopleMax} people at most, and it is full. \`npm run reset\` starts a new sandbox.`,
    );
  return null;
}

/** Makes a link for the next guest in this seat, by the use case an administrator's page calls. */
export async function inviteGuest(
  administrator: WorkingColleague,
  seat: GuestSeat,
  context: Context,
): Promise<Result<GuestLink>> {
  const refused = await findRefusal(administrator, context);
  if (refused) return refused;
  const { displayName, roles, group } = guestFor[seat];
  const people = await context.db.operator.findMany({ select: { id: true }, take: peopleMax * 2 });
  const nameOf = await operatorNames(context.db);
  const before = people.filter(({ id }) => nameOf(id).startsWith(displayName)).length;
  const name = before === 0 ? displayName : `${displayName} ${before + 1}`;
  const invited = await inviteOperator(
    administrator.actor,
    { displayName: name, roles: [...roles], group },
    context,
  );
  return invited.ok ? ok({ name, ...invited.value }) : invited;
}
