/** The custody policy, and agreements with some of the clients; the others are findings. */
import { contents } from '#lib/clients/agreements/contents.ts';
import { registerAgreement } from '#lib/clients/agreements/register-agreement.ts';
import { recordPolicy } from '#lib/clients/policy/record-policy.ts';
import type { Team } from '../colleagues/team.ts';
import { dayAgo, done } from './sample-times.ts';
import type { SeedContext } from './seed-context.ts';

const policy = {
  summary: [
    'Your assets are kept under keys that no one person and no one machine holds whole. Most lie cold, with parties that have no network.',
    'They are kept apart from our own, at addresses of their own and in books of their own, and are checked against chain and banks every day.',
    'Every transfer needs three people with hardware keys. You may ask for your assets, or a statement of your position, at any time.',
  ].join('\n'),
  text: [
    '1. Purpose. This policy minimises the risk of loss of clients’ crypto-assets, or of the means of access to them, by fraud, cyber threats or negligence.',
    '2. Keys. Every vault has a threshold key of three parties of which two sign. Shares are made by the parties themselves and never lie in one place.',
    '3. Four eyes. A withdrawal is raised, approved and co-signed by three people of three groups, each with a hardware security key, over the exact intent.',
    '4. Segregation. An address has one owner class. Own assets lie at no address of clients. A check looks at all addresses and at the books every day.',
    '5. Cold storage. More than 95 % of what clients are owed lies in vaults whose key cannot be used by online parties alone.',
    '6. Reconciliation. The books are held against chains and banks daily; differences become breaks with an owner and a due date.',
    '7. Return. Assets, or the means of access, are returned as soon as possible; the target is two business days.',
  ].join('\n'),
};

const agreements = [
  { client: 'C-20418', rights: 'client', parties: 'Client C-20418 and the custodian', days: 250 },
  {
    client: 'C-11903',
    rights: 'custodian',
    parties: 'Client C-11903 and the custodian',
    days: 200,
  },
  { client: 'C-30512', rights: 'client', parties: 'Client C-30512 and the custodian', days: 120 },
] as const;

export async function makeAgreements(team: Team, context: SeedContext): Promise<void> {
  const { db } = context;
  const { actor } = await team.signIn('ada');
  if ((await db.custodyPolicy.count()) === 0)
    done(await recordPolicy(actor, { ...policy, adoptedOn: dayAgo(300, context) }, context));
  const registered = await db.registerCase.count({ where: { register: 'agreement' } });
  for (const [index, { client, rights, parties, days }] of agreements.entries()) {
    if (index < registered) continue;
    done(
      await registerAgreement(
        actor,
        {
          client,
          rights,
          parties,
          contents: [...contents],
          signedOn: dayAgo(days + 3, context),
          inForceFrom: dayAgo(days, context),
          policyVersion: '1',
          document: `File 2026-${String(index + 11)}`,
        },
        context,
      ),
    );
  }
  if (registered < agreements.length)
    context.log('the custody policy and agreements are on record');
}
