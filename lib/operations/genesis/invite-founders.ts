/**
 * The first invitations, which nobody is there to make: whoever runs the installation invites the
 * founders, and only until they have signed.
 */
import { z } from 'zod';
import {
  createInvitation,
  enrolmentLink,
  findGroupFault,
  invitationForm,
  type InvitationForm,
} from '#lib/identity/invite-operator.ts';
import { replaceLink } from '#lib/identity/renew-invitation.ts';
import type { Context } from '#lib/platform/context.ts';
import { inTransaction, type Tx } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Refused, type Result } from '#lib/platform/result.ts';
import { listText, missingAmongFounders } from './founder-needs.ts';
import {
  findFoundersClosed,
  foundersMax,
  isSameName,
  listFounders,
  type Founder,
  type FoundersClosed,
} from './founders.ts';

/** One founder after the call. The link can be shown once only; ISO instants. */
export type FounderSeat = {
  displayName: string;
  roles: string[];
  group: string | null;
} & ({ outcome: 'invited' | 'renewed'; link: string; expiresAt: string } | { outcome: 'enrolled' });

export type FoundersRefusal =
  | FoundersClosed
  | 'form-invalid'
  | 'founder-differs'
  | 'founders-incomplete';

const foundersForm = z.array(invitationForm).min(1, 'Name at least one founder.').max(foundersMax);

/**
 * Makes a link for each founder named: a first one, or a new one for whoever has not enrolled yet.
 * Does nothing at all unless those named and those invited before are enough together.
 */
export async function inviteFounders(
  input: unknown,
  context: Context,
): Promise<Result<FounderSeat[], FoundersRefusal>> {
  const form = foundersForm.safeParse(input);
  if (!form.success)
    return refuse('form-invalid', form.error.issues[0]?.message ?? 'Name the founders.');
  const wanted = form.data;
  const fault = findListFault(wanted);
  if (fault) return refuse('form-invalid', fault);
  return inTransaction(context.db, async (tx) => {
    const closed = await findFoundersClosed(tx);
    if (closed) return closed;
    const there = await listFounders(tx);
    const refused = findMismatch(wanted, there) ?? findMissing(wanted, there);
    if (refused) return refused;
    const seats: FounderSeat[] = [];
    for (const founder of wanted) seats.push(await seat(tx, founder, there, context));
    return ok(seats);
  });
}

function findListFault(wanted: readonly InvitationForm[]): string | null {
  for (const [place, founder] of wanted.entries()) {
    const unfit = findGroupFault(founder);
    if (unfit) return `${founder.displayName}: ${unfit}`;
    const isTwice = wanted
      .slice(0, place)
      .some(({ displayName }) => isSameName(displayName, founder.displayName));
    if (isTwice)
      return `${founder.displayName} is named twice. Give each founder a name of their own.`;
  }
  return null;
}

const sameRoles = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((role) => b.includes(role));

/** Roles and group are what somebody enrolled for; they are never changed under a person. */
function findMismatch(
  wanted: readonly InvitationForm[],
  there: readonly Founder[],
): Refused<'founder-differs'> | null {
  for (const { displayName, roles, group } of wanted) {
    const known = there.find((founder) => isSameName(founder.displayName, displayName));
    if (!known || (sameRoles(known.roles, roles) && known.group === group)) continue;
    return refuse(
      'founder-differs',
      `${known.displayName} was invited as ${known.roles.join(', ')} of ${known.group ?? 'no group'}. To invite them as something else, take them out first (--remove), then invite them again.`,
    );
  }
  return null;
}

function findMissing(
  wanted: readonly InvitationForm[],
  there: readonly Founder[],
): Refused<'founders-incomplete' | 'form-invalid'> | null {
  const added = wanted.filter(
    ({ displayName }) => !there.some((founder) => isSameName(founder.displayName, displayName)),
  );
  if (there.length + added.length > foundersMax)
    return refuse('form-invalid', `There can be at most ${foundersMax} founders.`);
  const missing = missingAmongFounders([...there, ...added]);
  if (missing.length === 0) return null;
  return refuse(
    'founders-incomplete',
    `These founders cannot begin an organisation. Still missing: ${listText(missing)}. Nobody was invited.`,
  );
}

async function seat(
  tx: Tx,
  { displayName, roles, group }: InvitationForm,
  there: readonly Founder[],
  context: Context,
): Promise<FounderSeat> {
  const known = there.find((founder) => isSameName(founder.displayName, displayName));
  if (!known) {
    const form = { displayName, roles, group };
    const { token, expiresAt } = await createInvitation(tx, form, null, context.clock());
    const link = enrolmentLink(context.settings.origin, token);
    return { ...form, outcome: 'invited', link, expiresAt: expiresAt.toISOString() };
  }
  const facts = { displayName: known.displayName, roles: known.roles, group: known.group };
  const renewed = await replaceLink(tx, { operatorId: known.id, renewedBy: null }, context);
  // Whoever has enrolled keeps the keys they registered.
  if (!renewed.ok) return { ...facts, outcome: 'enrolled' };
  const { link, expiresAt } = renewed.value;
  return { ...facts, outcome: 'renewed', link, expiresAt };
}
