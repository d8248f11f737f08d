/** Founders of a test's own database, by the use cases that browsers and the command line call. */
import { enrolmentLink } from '#lib/identity/invite-operator.ts';
import { completeEnrolment } from '#lib/identity/complete-enrolment.ts';
import {
  newKey,
  register,
  signIn,
  valueOf,
  type TestContext,
} from '#lib/identity/testing/people.ts';
import type { Actor } from '#lib/identity/actor.ts';
import type { Result } from '#lib/platform/result.ts';
import type { SoftwareAuthenticator } from '#lib/protocol/software-authenticator.ts';
import type { RosterParty } from '#lib/protocol/roster.ts';
import { fewestFounders } from '../founder-needs.ts';
import { inviteFounders, type FounderSeat } from '../invite-founders.ts';
import { prepareGenesisSignature, submitGenesisSignature } from '../sign-genesis.ts';

export const parties: readonly RosterParty[] = (['control', 'custody', 'recovery'] as const).map(
  (name, place) => ({
    name,
    group: name,
    index: place + 1,
    identityKey: `1${place}`.repeat(32),
    exchangeKey: `2${place}`.repeat(32),
  }),
);

export const founders = fewestFounders.map(({ displayName, roles, group }) => ({
  displayName,
  roles,
  group,
}));

export function tokenOf(seat: FounderSeat | undefined, context: TestContext): string {
  if (!seat || seat.outcome === 'enrolled') throw new Error('This seat has no link.');
  return seat.link.slice(enrolmentLink(context.settings.origin, '').length);
}

export type Enrolled = { name: string; key: SoftwareAuthenticator };

/** Registers a key, or several, and finishes, as a founder does with their link. */
export async function enrolSeat(
  seat: FounderSeat,
  context: TestContext,
  keys = 1,
): Promise<Enrolled> {
  const key = newKey();
  const token = tokenOf(seat, context);
  valueOf(await register(context, token, key));
  for (let at = 1; at < keys; at += 1) valueOf(await register(context, token, newKey()));
  valueOf(await completeEnrolment(token, context));
  return { name: seat.displayName, key };
}

/** The fewest founders, all enrolled. */
export async function enrolFounders(context: TestContext): Promise<Enrolled[]> {
  const seats = valueOf(await inviteFounders(founders, context));
  const enrolled: Enrolled[] = [];
  for (const seat of seats) enrolled.push(await enrolSeat(seat, context));
  return enrolled;
}

/** A founder's signature under the document of this digest, from the question to the record. */
export async function sign(
  founder: Pick<Enrolled, 'key'>,
  digest: string,
  context: TestContext,
): Promise<Result<{ signed: number; founders: number }>> {
  const { actor } = await signIn(context, founder);
  const answer = await press(actor, founder, digest, context);
  return answer.ok ? submitGenesisSignature(actor, answer.value, context) : answer;
}

/** The key's answer, not handed in yet. */
export async function press(
  actor: Actor,
  { key }: Pick<Enrolled, 'key'>,
  digest: string,
  context: TestContext,
): Promise<Result<{ nonce: string; assertion: unknown }>> {
  const prepared = await prepareGenesisSignature(actor, { digest }, context);
  if (!prepared.ok) return prepared;
  const { nonce, options } = prepared.value;
  const { origin } = context.settings;
  return {
    ok: true,
    value: { nonce, assertion: key.assert({ challenge: options.challenge, origin }) },
  };
}
