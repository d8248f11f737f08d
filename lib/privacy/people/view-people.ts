import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import type { LookPurposeName } from './look-purposes.ts';
import { purposesOf } from './purpose-fault.ts';

/** What the page to find people offers; nobody is listed on it. */
export function viewPeople(
  actor: Actor,
): Result<{ purposes: LookPurposeName[]; can: { write: boolean } }> {
  const refused = lacksScope(actor, 'person:view');
  if (refused) return refused;
  return ok({ purposes: purposesOf(actor), can: { write: actor.scopes.has('person:write') } });
}
