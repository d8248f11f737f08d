import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Scope } from '#lib/identity/roles.ts';
import type { Refused } from '#lib/platform/result.ts';
import type { IntentKind } from '#lib/protocol/intent-kinds.ts';

const scopeToRaise: Readonly<Record<IntentKind, Scope>> = {
  withdrawal: 'operation:raise',
  'key-ceremony': 'key:raise',
  'roster-change': 'roster:raise',
  'destination-listing': 'destination:raise',
};

/**
 * A refusal when the actor may not raise this kind. Asked before a statement is given out and
 * again when it comes back: between the two a person may have lost a role.
 */
export const lacksRaiseScope = (
  actor: Pick<Actor, 'scopes'>,
  kind: IntentKind,
): Refused<'not-allowed'> | null => lacksScope(actor, scopeToRaise[kind]);
