/** The next version of the policy names the sample's vaults, so that transfers between tiers can be raised. */
import { randomUUID } from 'node:crypto';
import { beginDraft } from '#lib/operations/policy/begin-draft.ts';
import { discardDraft } from '#lib/operations/policy/discard-draft.ts';
import { preparePolicyChange } from '#lib/operations/policy/prepare-policy-change.ts';
import { saveDraft } from '#lib/operations/policy/save-draft.ts';
import { loadTrust } from '#lib/operations/trust.ts';
import { listNamableVaults } from '#lib/operations/vault-receipts/list-namable-vaults.ts';
import type { OwnVault } from '#lib/protocol/policy.ts';
import { raiseAs } from '../colleagues/colleague.ts';
import type { Team } from '../colleagues/team.ts';
import { waitFor, waitForEnd, type SeedContext } from './seed-context.ts';

const name = 'Transfers between our own vaults';

/**
 * Stated by the sample's people as any change is, with what the holders of each key said by then. It
 * waits out the time-lock before anything else happens, so that all of the past is under one policy.
 * An organisation whose past was made before keeps its policy: changing it is for whoever works there.
 */
export async function nameOwnVaults(team: Team, context: SeedContext): Promise<void> {
  const { db } = context;
  const isMade = (await db.client.count()) > 0;
  const ended = await db.operation.findFirst({ where: { kind: 'policy-change', state: 'done' } });
  if (isMade || ended) return;
  await waitForEnd(context, await stateChange(team, context));
  await discard(team, context);
  context.log('the policy names the own vaults');
}

/** Goes on with a change that a start before this one raised. @returns its operation. */
async function stateChange(team: Team, context: SeedContext): Promise<string> {
  const earlier = await context.db.operation.findFirst({
    where: {
      kind: 'policy-change',
      state: { notIn: ['expired', 'rejected', 'cancelled', 'failed'] },
    },
  });
  const operation = earlier?.id ?? randomUUID();
  if (!earlier) {
    const draft = await draftChange(team, context);
    const raised = await raiseAs(
      await team.signIn('ada'),
      (actor) => preparePolicyChange(actor, { operation, draft, revision: 2 }, context),
      context,
    );
    if (!raised.ok) throw new Error(raised.refusal.sentence);
  }
  const carried = await team.carry(operation);
  if (!carried.ok && carried.refusal.code !== 'nothing-open')
    throw new Error(carried.refusal.sentence);
  return operation;
}

async function draftChange(team: Team, context: SeedContext): Promise<string> {
  await discard(team, context);
  const trust = await loadTrust(context.db);
  if (!trust) throw new Error('There is no policy to name the vaults in.');
  const ownVaults = await waitFor('the word of those who hold the keys', 60_000, async () => {
    const all = await listNamableVaults(context.db, trust.roster);
    const entries = all.flatMap(({ entry }): OwnVault[] => (entry ? [entry] : []));
    return entries.length === all.length ? entries : null;
  });
  const { actor } = await team.signIn('ada');
  const begun = await beginDraft(actor, { name }, context);
  if (!begun.ok) throw new Error(begun.refusal.sentence);
  const saved = await saveDraft(
    actor,
    {
      id: begun.value.id,
      revision: 1,
      baseVersion: trust.policy.version,
      document: JSON.stringify({ ...trust.policy, ownVaults }),
    },
    context,
  );
  if (!saved.ok) throw new Error(saved.refusal.sentence);
  return begun.value.id;
}

/** The draft has done its work, or a start that was cut off left it. */
async function discard(team: Team, context: SeedContext): Promise<void> {
  const { actor } = await team.signIn('ada');
  const left = await context.db.policyDraft.findMany({ where: { name, discardedAt: null } });
  for (const { id, revision } of left) {
    const discarded = await discardDraft(actor, { id, revision }, context);
    if (!discarded.ok) throw new Error(discarded.refusal.sentence);
  }
}
