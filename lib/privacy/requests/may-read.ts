import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Refused } from '#lib/platform/result.ts';

/** Who approves a decision reads what it is about; others need the scope to read. */
export const lacksReading = (actor: Pick<Actor, 'scopes'>): Refused<'not-allowed'> | null =>
  actor.scopes.has('privacy:approve') ? null : lacksScope(actor, 'privacy:read');
