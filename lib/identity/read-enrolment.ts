import { operatorName } from '#lib/persons/operator-names.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { keysNeeded } from './complete-enrolment.ts';
import { findInvitation, keysPerPersonMax, type LinkRefusal } from './enrolment.ts';
import { keyView, type KeyView } from './key-view.ts';

export type EnrolmentView = {
  operatorId: string;
  displayName: string;
  roles: string[];
  group: string | null;
  /** ISO instants. */
  expiresAt: string;
  serverNow: string;
  keysNeeded: number;
  keysMax: number;
  /** Whether passkeys that can be copied between devices count here. */
  syncedAllowed: boolean;
  keys: KeyView[];
};

/** What an enrolment link is for, shown to the person who opened it. */
export async function readEnrolment(
  token: unknown,
  context: Context,
): Promise<Result<EnrolmentView, LinkRefusal>> {
  const now = context.clock();
  const invitation = await findInvitation(context.db, token, now);
  if (!invitation.ok) return invitation;
  const { operator, expiresAt } = invitation.value;
  return ok({
    operatorId: operator.id,
    displayName: await operatorName(context.db, operator.id),
    roles: operator.roles,
    group: operator.group,
    expiresAt: expiresAt.toISOString(),
    serverNow: now.toISOString(),
    keysNeeded: keysNeeded(context.settings.mode),
    keysMax: keysPerPersonMax,
    syncedAllowed: context.settings.mode === 'sandbox',
    keys: operator.credentials.map(keyView),
  });
}
