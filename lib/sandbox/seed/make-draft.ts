/** A draft of the policy, as somebody left it, to be read, tried and gone on with. */
import { beginDraft } from '#lib/operations/policy/begin-draft.ts';
import { saveDraft } from '#lib/operations/policy/save-draft.ts';
import { loadTrust } from '#lib/operations/trust.ts';
import type { PolicyRule } from '#lib/protocol/policy.ts';
import type { Team } from '../colleagues/team.ts';
import type { SeedContext } from './seed-context.ts';

const name = 'Two approvers at weekends';

const atWeekends: PolicyRule = {
  id: 'weekend',
  name: 'Withdrawals at weekends: two approvers',
  when: {
    kinds: ['withdrawal'],
    hours: { zone: 'Europe/Berlin', days: [6, 7], from: '00:00', to: '23:59', holds: 'inside' },
  },
  outcome: {
    effect: 'allow',
    needs: [
      { group: 'control', decision: 'approve', people: 2 },
      { group: 'custody', decision: 'cosign', people: 1 },
    ],
  },
};

export async function makeDraft(team: Team, context: SeedContext): Promise<void> {
  if (await context.db.policyDraft.findFirst({ where: { name } })) return;
  const trust = await loadTrust(context.db);
  if (!trust) throw new Error('There is no policy to draft a change of.');
  const { actor } = await team.signIn('ada');
  const begun = await beginDraft(actor, { name }, context);
  if (!begun.ok) throw new Error(begun.refusal.sentence);
  const { policy } = trust;
  const before = policy.rules.findIndex(({ id }) => id === 'withdrawal');
  const rules = policy.rules.toSpliced(before, 0, atWeekends);
  const saved = await saveDraft(
    actor,
    {
      id: begun.value.id,
      revision: 1,
      baseVersion: policy.version,
      document: JSON.stringify({ ...policy, rules }),
    },
    context,
  );
  if (!saved.ok) throw new Error(saved.refusal.sentence);
  context.log(`draft “${name}” begun`);
}
