import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Refused } from '#lib/platform/result.ts';

/** Who may open what a package will contain: who puts it together, and who decides on it and may read data of people. */
export const lacksPreview = (actor: Pick<Actor, 'scopes'>): Refused<'not-allowed'> | null =>
  actor.scopes.has('privacy:approve') && actor.scopes.has('person:view')
    ? null
    : lacksScope(actor, 'privacy:work');
