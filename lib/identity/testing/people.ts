/** People with software keys in a test's database, by the use cases that a browser would call. */
import type { Context, Settings } from '#lib/platform/context.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import type { Result } from '#lib/platform/result.ts';
import {
  createSoftwareAuthenticator,
  type SoftwareAuthenticator,
} from '#lib/protocol/software-authenticator.ts';
import type { Actor } from '../actor.ts';
import { beginEnrolment } from '../begin-enrolment.ts';
import { beginSignIn } from '../begin-sign-in.ts';
import { completeEnrolment } from '../complete-enrolment.ts';
import { finishSignIn } from '../finish-sign-in.ts';
import { createInvitation, type InvitationForm } from '../invite-operator.ts';
import { redeemTicket } from '../redeem-ticket.ts';
import { registerKey } from '../register-key.ts';
import { resolveSession } from '../sessions.ts';

export const sandboxSettings: Settings = {
  mode: 'sandbox',
  organisation: 'sample-custodian',
  origin: 'http://localhost:3000',
  rpId: 'localhost',
  approvedModels: [],
  attestationRoots: [],
};

/** A context whose clock stands still until it is told to move. It starts with the database's, which runs on. */
export type TestContext = Context & { passTime(milliseconds: number): void };

export function testContext(db: Database, settings: Partial<Settings> = {}): TestContext {
  let now = Date.now();
  return {
    db,
    clock: () => new Date(now),
    settings: { ...sandboxSettings, ...settings },
    passTime: (milliseconds) => {
      now += milliseconds;
    },
  };
}

export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.refusal.code}: ${result.refusal.sentence}`);
  return result.value;
}

export const officer: InvitationForm = {
  displayName: 'Ada Hofmann',
  roles: ['officer', 'administrator'],
  group: null,
};

/** @returns the secret of the link. */
export function invite(
  context: Context,
  form = officer,
): Promise<{ operatorId: string; token: string }> {
  return inTransaction(context.db, (tx) => createInvitation(tx, form, null, context.clock()));
}

export const newKey = (
  options: { rpId?: string; backupEligible?: boolean; aaguid?: string } = {},
): SoftwareAuthenticator => createSoftwareAuthenticator({ rpId: 'localhost', ...options });

/** Registers one key as the enrolment page would. */
export async function register(
  context: Context,
  token: string,
  key: SoftwareAuthenticator,
  label = 'Test key',
): ReturnType<typeof registerKey> {
  const { nonce, options } = valueOf(await beginEnrolment(token, context));
  const registration = key.register({
    challenge: options.challenge,
    origin: context.settings.origin,
  });
  return registerKey({ token, nonce, label, registration }, context);
}

export type Enrolled = { operatorId: string; token: string; key: SoftwareAuthenticator };

/** Somebody whose enrolment is finished and who waits for the roster. */
export async function enrol(context: Context, form = officer): Promise<Enrolled> {
  const { operatorId, token } = await invite(context, form);
  const key = newKey();
  valueOf(await register(context, token, key));
  valueOf(await completeEnrolment(token, context));
  return { operatorId, token, key };
}

/** The same, taken into force, as the worker does once a roster has them. */
export async function admit(
  owner: Database,
  { operatorId }: Pick<Enrolled, 'operatorId'>,
): Promise<void> {
  await owner.operator.update({ where: { id: operatorId }, data: { status: 'active' } });
  await owner.credential.updateMany({
    where: { operatorId, status: 'pending' },
    data: { status: 'active' },
  });
}

/** A sign-in up to the ticket. */
export async function takeTicket(
  context: Context,
  { key }: Pick<Enrolled, 'key'>,
): Promise<string> {
  const { nonce, options } = valueOf(await beginSignIn(context));
  const assertion = key.assert({ challenge: options.challenge, origin: context.settings.origin });
  return valueOf(await finishSignIn({ nonce, assertion }, context)).ticket;
}

export type SignedIn = { actor: Actor; secret: string };

export async function signIn(context: Context, person: Pick<Enrolled, 'key'>): Promise<SignedIn> {
  const redeemed = await redeemTicket(await takeTicket(context, person), context);
  const actor = redeemed && (await resolveSession(redeemed.sessionToken, context));
  if (!actor) throw new Error('No session was opened.');
  return { actor, secret: redeemed.sessionToken };
}
