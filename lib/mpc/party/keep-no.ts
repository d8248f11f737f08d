/**
 * What a "no" does here, whichever way it came: it is kept for exactly the content it names, ends
 * what is in progress, and is passed on to the other parties.
 */
import type { SignedStatement } from '#lib/protocol/statement.ts';
import { ceremonies } from './ceremony-session.ts';
import type { Party } from './party.ts';
import { refreshes } from './refresh-session.ts';
import { repairs } from './repair-session.ts';
import { closeRejected } from './signing-session.ts';
import { appendDecree } from './store/decrees.ts';
import { keepLoneNo } from './store/noes.ts';
import { endAttempt, findOperation } from './store/operations.ts';
import { endWaits } from './store/waits.ts';

/**
 * One about other content than this party knows under the same id ends nothing: it is kept, and
 * counts should that content ever come. What this party let go already stays counted: the signature
 * may exist. Joins the caller's commit.
 * @param signed found genuine, by someone who may say no.
 * @returns whether it was new to this party.
 */
export function keepNo(party: Party, signed: SignedStatement): boolean {
  const { database } = party;
  const { operation, intentDigest, attempt } = signed.statement;
  const at = party.now();
  const known = findOperation(database, operation);
  endWaits(database, { operation, intentDigest, attempt });
  if (known?.intentDigest === intentDigest) endAttempt(database, operation, intentDigest, attempt);
  if (!known || known.intentDigest === intentDigest) {
    closeRejected(party, operation, attempt);
    ceremonies.dropRejected(party, operation, attempt);
    refreshes.dropRejected(party, operation, attempt);
    repairs.dropRejected(party, operation, attempt);
  }
  if (!keepLoneNo(database, { operation, intentDigest, attempt }, at)) return false;
  // The other parties get the statement by itself, which needs nothing beside it to count.
  appendDecree(database, { kind: 'no', operation, intentDigest, attempt, document: signed }, at);
  return true;
}
