import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { ok, type Result } from '#lib/platform/result.ts';

/** What the page to find people offers; nobody is listed on it. */
export function viewPeople(
  actor: Actor,
): Result<{ can: { write: boolean; noteSuspicion: boolean } }> {
  const refused = lacksScope(actor, 'person:view');
  if (refused) return refused;
  const { scopes } = actor;
  return ok({
    can: { write: scopes.has('person:write'), noteSuspicion: scopes.has('suspicion:read') },
  });
}
