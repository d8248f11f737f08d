import { beginEnrolment } from '#lib/identity/begin-enrolment.ts';
import { completeEnrolment } from '#lib/identity/complete-enrolment.ts';
import { createInvitation } from '#lib/identity/invite-operator.ts';
import { registerKey } from '#lib/identity/register-key.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { colleagues, type Colleague } from '../colleagues/people.ts';
import {
  loadKeyRing,
  newSoftwareKey,
  saveKeyRing,
  type KeyRingEntry,
} from '../colleagues/key-ring.ts';
import type { SeedContext } from './seed-context.ts';

/** Enrols each colleague through a link of their own, as a person would. */
export const enrolColleagues = (path: string, context: SeedContext): Promise<KeyRingEntry[]> =>
  enrolPeople(path, colleagues, context);

/** The same for other sample people. @param path file that keeps their software keys. */
export async function enrolPeople(
  path: string,
  people: readonly Colleague[],
  context: SeedContext,
): Promise<KeyRingEntry[]> {
  const ring = await loadKeyRing(path);
  for (const colleague of people) {
    if (ring.some((entry) => entry.handle === colleague.handle)) continue;
    ring.push(await enrol(colleague, context));
    await saveKeyRing(path, ring);
    context.log(`${colleague.handle} enrolled`);
  }
  return ring;
}

async function enrol(colleague: Colleague, context: SeedContext): Promise<KeyRingEntry> {
  const { displayName, roles, group, handle } = colleague;
  const invitation = await inTransaction(context.db, (tx) =>
    createInvitation(tx, { displayName, roles: [...roles], group }, null, context.clock()),
  );
  const start = await beginEnrolment(invitation.token, context);
  if (!start.ok) throw new Error(start.refusal.sentence);
  const authenticator = newSoftwareKey(context.settings.rpId);
  const registration = authenticator.register({
    challenge: start.value.options.challenge,
    origin: context.settings.origin,
  });
  const registered = await registerKey(
    {
      token: invitation.token,
      nonce: start.value.nonce,
      label: 'Software key of the sandbox',
      registration,
    },
    context,
  );
  if (!registered.ok) throw new Error(registered.refusal.sentence);
  const completed = await completeEnrolment(invitation.token, context);
  if (!completed.ok) throw new Error(completed.refusal.sentence);
  return { handle, operatorId: invitation.operatorId, authenticator };
}
