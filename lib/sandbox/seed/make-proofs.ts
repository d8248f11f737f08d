/** A snapshot of reserves and liabilities, for which the key of the warm vault answers. */
import { randomUUID } from 'node:crypto';
import { prepareProofOfControl } from '#lib/operations/proofs/prepare-proof-of-control.ts';
import { requestSnapshot } from '#lib/operations/proofs/request-snapshot.ts';
import { raiseAs } from '../colleagues/colleague.ts';
import type { Team } from '../colleagues/team.ts';
import { waitFor, waitForEnd, type SeedContext } from './seed-context.ts';

const warm = 'warm-1';

export async function makeProofs(team: Team, context: SeedContext): Promise<void> {
  if ((await context.db.snapshotRequest.count()) > 0) return;
  const ada = await team.signIn('ada');
  const requested = await requestSnapshot(ada.actor, context);
  if (!requested.ok) throw new Error(requested.refusal.sentence);
  const { snapshot } = requested.value;
  await waitFor('the snapshot of reserves and liabilities', 60_000, () =>
    context.db.reservesSnapshot.findUnique({ where: { id: snapshot }, select: { id: true } }),
  );
  const operation = randomUUID();
  const raised = await raiseAs(
    ada,
    (actor) => prepareProofOfControl(actor, { operation, snapshot, vault: warm }, context),
    context,
  );
  // An organisation of an earlier version has a policy without a rule for it.
  if (!raised.ok && raised.refusal.code === 'policy-denies') return;
  if (!raised.ok) throw new Error(raised.refusal.sentence);
  const carried = await team.carry(operation);
  if (!carried.ok) throw new Error(carried.refusal.sentence);
  await waitForEnd(context, operation);
  context.log('a snapshot was taken, and the key of the warm vault signed it');
}
