/** Clients, their deposits and listed addresses, and withdrawals at every stage of life. */
import { randomUUID } from 'node:crypto';
import { prepareDestination } from '#lib/operations/prepare-destination.ts';
import { prepareWithdrawal } from '#lib/operations/prepare-withdrawal.ts';
import { ok } from '#lib/platform/result.ts';
import { raiseAs } from '../colleagues/colleague.ts';
import type { Team } from '../colleagues/team.ts';
import { fund, outsideKey, payIn } from './outside-world.ts';
import { waitFor, waitForEnd, type SeedContext } from './seed-context.ts';

const sol = 1_000_000_000n;

const clients = [
  { id: 'C-20418', deposit: 1_250n * sol, label: 'Own wallet' },
  { id: 'C-11903', deposit: 480n * sol, label: 'Treasury account' },
  { id: 'C-18822', deposit: 96n * sol + 250_000_000n, label: 'Own wallet' },
  { id: 'C-20977', deposit: 12n * sol + 5n, label: 'Exchange account' },
] as const;

/** Stage to which each sample withdrawal is carried. */
const withdrawals = [
  { client: 'C-20418', amount: '25', reason: 'Client withdrawal 88201', until: 'confirmed' },
  { client: 'C-11903', amount: '12.5', reason: 'Client withdrawal 88204', until: 'confirmed' },
  { client: 'C-18822', amount: '3.75', reason: 'Client withdrawal 88209', until: 'approved' },
  { client: 'C-20418', amount: '40.123456789', reason: 'Client withdrawal 88213', until: 'raised' },
] as const;

const vault = 'warm-1';

export async function makeHistory(team: Team, context: SeedContext): Promise<void> {
  await context.db.client.createMany({
    data: clients.map(({ id }) => ({ id })),
    skipDuplicates: true,
  });
  await makeDeposits(context);
  for (const client of clients) await listAddress(team, client, context);
  const made = await context.db.operation.count({ where: { kind: 'withdrawal' } });
  for (const wanted of withdrawals.slice(made)) await withdraw(team, wanted, context);
}

/** All are paid in first and waited for together, because finality takes its time once. */
async function makeDeposits(context: SeedContext): Promise<void> {
  const { address } = await context.db.vault.findUniqueOrThrow({ where: { id: vault } });
  const depositor = outsideKey('depositor');
  const credited = (client: string) =>
    context.db.deposit.findFirst({ where: { clientId: client } });
  const missing = [];
  for (const client of clients) if (!(await credited(client.id))) missing.push(client);
  const total = missing.reduce((sum, client) => sum + client.deposit, sol);
  if (missing.length > 0) await fund(depositor.address, total, context);
  for (const client of missing)
    await payIn(depositor, address, { lamports: client.deposit, memo: client.id }, context);
  for (const client of missing)
    await waitFor(`the deposit of ${client.id}`, 60_000, () => credited(client.id));
  if (missing.length > 0) context.log(`${missing.length} deposits credited`);
}

async function listAddress(
  team: Team,
  client: (typeof clients)[number],
  context: SeedContext,
): Promise<void> {
  if (await context.db.destination.findFirst({ where: { clientId: client.id, state: 'listed' } }))
    return;
  const operation = randomUUID();
  const raised = await raiseAs(
    await team.signIn('ada'),
    (actor) =>
      prepareDestination(
        actor,
        {
          operation,
          client: client.id,
          chain: 'solana:sandbox',
          asset: 'SOL',
          address: outsideKey(`wallet of ${client.id}`).address,
          label: client.label,
        },
        context,
      ),
    context,
  );
  if (!raised.ok) throw new Error(raised.refusal.sentence);
  const carried = await team.carry(operation);
  if (!carried.ok) throw new Error(carried.refusal.sentence);
  await waitForEnd(context, operation);
  context.log(`address of ${client.id} listed`);
}

async function withdraw(
  team: Team,
  wanted: (typeof withdrawals)[number],
  context: SeedContext,
): Promise<void> {
  const destination = await context.db.destination.findFirstOrThrow({
    where: { clientId: wanted.client, state: 'listed' },
  });
  const operation = randomUUID();
  const raised = await raiseAs(
    await team.signIn('ada'),
    async (actor) => {
      const prepared = await prepareWithdrawal(
        actor,
        {
          operation,
          client: wanted.client,
          vault,
          destination: destination.id,
          asset: 'SOL',
          amount: wanted.amount,
          memo: '',
          reason: wanted.reason,
        },
        context,
      );
      if (!prepared.ok) return prepared;
      if (prepared.value.outcome !== 'sign')
        throw new Error('A new withdrawal was already raised.');
      return ok({ request: prepared.value.request });
    },
    context,
  );
  if (!raised.ok) throw new Error(raised.refusal.sentence);
  if (wanted.until === 'raised') return;
  if (wanted.until === 'approved') {
    const approved = await team.decide(operation, { decision: 'approve' });
    if (!approved.ok) throw new Error(approved.refusal.sentence);
    return;
  }
  const carried = await team.carry(operation);
  if (!carried.ok) throw new Error(carried.refusal.sentence);
  await waitForEnd(context, operation);
  context.log(`withdrawal of ${wanted.amount} SOL by ${wanted.client} confirmed`);
}
