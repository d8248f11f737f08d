/**
 * The actor: who asks for a use case. It can be made only here, from a session row, and by the
 * worker; its brand keeps a plain object from standing in for it.
 */
import type { Group } from '#lib/protocol/roster.ts';
import { refuse, type Refused } from '#lib/platform/result.ts';
import { scopesOf, whoMay, type Scope } from './roles.ts';

declare const brand: unique symbol;

export type Actor = {
  readonly [brand]: 'actor';
  readonly personId: string;
  readonly displayName: string;
  readonly roles: readonly string[];
  readonly group: Group | null;
  readonly sessionId: string;
  readonly scopes: ReadonlySet<Scope>;
};

/** Built from rows that `resolveSession` has just read and checked. */
export function actorFromSession(row: {
  personId: string;
  displayName: string;
  roles: readonly string[];
  group: Group | null;
  sessionId: string;
}): Actor {
  return { ...row, scopes: scopesOf(row.roles) } as Actor;
}

/** A refusal when the actor lacks the scope, null when they have it. */
export function lacksScope(
  actor: Pick<Actor, 'scopes'>,
  scope: Scope,
): Refused<'not-allowed'> | null {
  if (actor.scopes.has(scope)) return null;
  return refuse('not-allowed', `This is for ${whoMay(scope)}. Roles change by a roster operation.`);
}
