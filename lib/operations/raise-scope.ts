import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Scope } from '#lib/identity/roles.ts';
import type { Refused } from '#lib/platform/result.ts';
import type { IntentKind } from '#lib/protocol/intent-kinds.ts';

const scopeToRaise: Readonly<Record<IntentKind, Scope>> = {
  withdrawal: 'operation:raise',
  'key-ceremony': 'key:raise',
  'roster-change': 'roster:raise',
  'key-refresh': 'key:raise',
  'key-repair': 'key:raise',
  'key-backup': 'key:raise',
  'proof-of-control': 'operation:raise',
  'vault-transfer': 'operation:raise',
  'policy-change': 'policy:raise',
  'destination-listing': 'destination:raise',
  'destination-removal': 'stop:raise',
  freeze: 'stop:raise',
  release: 'operation:raise',
  revocation: 'stop:raise',
};

/**
 * A refusal when the actor may not raise this kind. Asked before a statement is given out and
 * again when it comes back: between the two a person may have lost a role.
 */
export const lacksRaiseScope = (
  actor: Pick<Actor, 'scopes'>,
  kind: IntentKind,
): Refused<'not-allowed'> | null => lacksScope(actor, scopeToRaise[kind]);
