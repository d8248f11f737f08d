/** What an approved decision does by itself, in the transaction of its approval. */
import type { Actor } from '#lib/identity/actor.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { carryOutChanges } from '../rectification/carry-out-changes.ts';
import { stopInterest } from '../restriction/stop-interest.ts';
import type { RequestFile } from './load-request.ts';

/** @param file the request as it was before its approval. */
export async function carryOutDecision(
  tx: Tx,
  actor: Actor,
  file: RequestFile,
  at: Date,
): Promise<void> {
  if (file.standing.right === 'rectification') await carryOutChanges(tx, actor, file, at);
  if (file.standing.right === 'objection') await stopInterest(tx, actor, file, at);
}
