/** Clients, their deposits and listed addresses, and withdrawals at every stage of life. */
import { randomUUID } from 'node:crypto';
import type { EvidenceForm } from '#lib/operations/certification.ts';
import { prepareDestination } from '#lib/operations/prepare-destination.ts';
import { prepareWithdrawal } from '#lib/operations/prepare-withdrawal.ts';
import { ok } from '#lib/platform/result.ts';
import type { DestinationClass } from '#lib/protocol/scalars.ts';
import { raiseAs } from '../colleagues/colleague.ts';
import type { Team } from '../colleagues/team.ts';
import { coldVault } from './make-vaults.ts';
import { markedAddress } from '../sources/opinions.ts';
import { fund, outsideKey, payIn } from './outside-world.ts';
import { waitFor, waitForEnd, type SeedContext } from './seed-context.ts';

const sol = 1_000_000_000n;
const dayMs = 86_400_000;

const warm = 'warm-1';

const clients = [
  { id: 'C-20418', vault: warm, deposit: 1_250n * sol },
  { id: 'C-11903', vault: warm, deposit: 480n * sol },
  { id: 'C-18822', vault: warm, deposit: 96n * sol + 250_000_000n },
  { id: 'C-20977', vault: warm, deposit: 12n * sol + 5n },
  // What is kept for long lies in the cold vault.
  { id: 'C-30512', vault: coldVault.vault, deposit: 4_800n * sol },
] as const;

export type SampleAddress = {
  client: (typeof clients)[number]['id'];
  /** Solana's where left out. */
  chain?: string;
  asset?: string;
  label: string;
  address: string;
  class: DestinationClass;
  evidence: EvidenceForm | null;
  /** Days from now until it has to be certified again; the longest that policy allows when left out. */
  days?: number;
};

const walletOf = (client: string): string => outsideKey(`wallet of ${client}`).address;

const addresses: readonly SampleAddress[] = [
  {
    client: 'C-20418',
    label: 'Own wallet',
    address: walletOf('C-20418'),
    class: 'client-wallet',
    evidence: { method: 'signed-message', note: 'Message of 3 March, signed with the address' },
  },
  {
    client: 'C-11903',
    label: 'Treasury account',
    address: walletOf('C-11903'),
    class: 'custodian',
    evidence: { method: 'counterparty-letter', note: 'Letter of the custodian, file 2026-114' },
    days: 180,
  },
  {
    client: 'C-18822',
    label: 'Own wallet',
    address: walletOf('C-18822'),
    class: 'client-wallet',
    evidence: { method: 'test-deposit', note: '0.01 SOL received back on 9 June' },
    days: 25,
  },
  {
    client: 'C-30512',
    label: 'Treasury account',
    address: walletOf('C-30512'),
    class: 'custodian',
    evidence: { method: 'counterparty-letter', note: 'Letter of the custodian, file 2026-131' },
  },
  {
    client: 'C-20977',
    label: 'Exchange account',
    address: walletOf('C-20977'),
    class: 'exchange',
    evidence: null,
  },
  {
    client: 'C-20977',
    label: 'Wallet that screening marks',
    address: markedAddress,
    class: 'other',
    evidence: null,
  },
];

/** Stage to which each sample withdrawal is carried. */
const withdrawals = [
  { client: 'C-20418', amount: '25', reason: 'Client withdrawal 88201', until: 'confirmed' },
  { client: 'C-11903', amount: '12.5', reason: 'Client withdrawal 88204', until: 'confirmed' },
  { client: 'C-18822', amount: '3.75', reason: 'Client withdrawal 88209', until: 'approved' },
  { client: 'C-20418', amount: '40.123456789', reason: 'Client withdrawal 88213', until: 'raised' },
] as const;

export async function makeHistory(team: Team, context: SeedContext): Promise<void> {
  await context.db.client.createMany({
    data: clients.map(({ id }) => ({ id })),
    skipDuplicates: true,
  });
  await makeDeposits(context);
  for (const wanted of addresses) await listAddress(team, wanted, context);
  await waitForCoolDown(context);
  await waitForComparison(context);
  const made = await context.db.operation.count({ where: { kind: 'withdrawal' } });
  for (const wanted of withdrawals.slice(made)) await withdraw(team, wanted, context);
}

/** All are paid in first and waited for together, because finality takes its time once. */
async function makeDeposits(context: SeedContext): Promise<void> {
  const vaults = await context.db.vault.findMany({ select: { id: true, address: true } });
  const depositor = outsideKey('depositor');
  const credited = (client: string) =>
    context.db.deposit.findFirst({ where: { clientId: client } });
  const missing = [];
  for (const client of clients) {
    // An organisation of an earlier version has no cold vault.
    const address = vaults.find(({ id }) => id === client.vault)?.address;
    if (address !== undefined && !(await credited(client.id))) missing.push({ ...client, address });
  }
  const total = missing.reduce((sum, client) => sum + client.deposit, sol);
  if (missing.length > 0) await fund(depositor.address, total, context);
  for (const { id, address, deposit } of missing)
    await payIn(depositor, address, { lamports: deposit, memo: id }, context);
  for (const client of missing)
    await waitFor(`the deposit of ${client.id}`, 60_000, () => credited(client.id));
  if (missing.length > 0) context.log(`${missing.length} deposits credited`);
}

export async function listAddress(
  team: Team,
  { client, days, ...wanted }: SampleAddress,
  context: SeedContext,
): Promise<void> {
  const { address, asset = 'SOL' } = wanted;
  const listed = { clientId: client, address, asset, state: 'listed' };
  if (await context.db.destination.findFirst({ where: listed })) return;
  const operation = randomUUID();
  const expiresAt =
    days === undefined
      ? {}
      : { expiresAt: new Date(context.clock().getTime() + days * dayMs).toISOString() };
  const raised = await raiseAs(
    await team.signIn('ada'),
    (actor) =>
      prepareDestination(
        actor,
        {
          operation,
          client,
          chain: 'solana:sandbox',
          asset: 'SOL',
          ...wanted,
          ...expiresAt,
        },
        context,
      ),
    context,
  );
  if (!raised.ok) throw new Error(raised.refusal.sentence);
  const carried = await team.carry(operation);
  if (!carried.ok) throw new Error(carried.refusal.sentence);
  await waitForEnd(context, operation);
  context.log(`${wanted.label} of ${client} listed`);
}

/** Nothing may be sent to a new address at first; the sandbox's wait is short enough to be waited for. */
export async function waitForCoolDown(context: SeedContext): Promise<void> {
  await waitFor('the new addresses to cool down', 60_000, async () => {
    const hot = await context.db.destination.count({
      where: { state: 'listed', cooledAt: { gt: context.clock() } },
    });
    return hot === 0 ? true : null;
  });
}

/**
 * Until the worker has held the books against the chain once, the source of shortfalls has nothing to
 * say. A run that finds the chain away is tried again after five minutes.
 */
async function waitForComparison(context: SeedContext): Promise<void> {
  await waitFor('the first comparison of the books', 400_000, () =>
    context.db.reconciliationRun.findFirst({ where: { asset: 'SOL' }, select: { id: true } }),
  );
}

type SampleWithdrawal = {
  client: string;
  amount: string;
  reason: string;
  until: 'raised' | 'approved' | 'confirmed';
  /** The warm one, the client's wallet and SOL where left out. */
  vault?: string;
  address?: string;
  asset?: string;
};

export async function withdraw(
  team: Team,
  wanted: SampleWithdrawal,
  context: SeedContext,
): Promise<void> {
  const { vault = warm, asset = 'SOL', address = walletOf(wanted.client) } = wanted;
  const destination = await context.db.destination.findFirstOrThrow({
    where: { clientId: wanted.client, address, asset, state: 'listed' },
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
          asset,
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
  context.log(`withdrawal of ${wanted.amount} ${asset} by ${wanted.client} confirmed`);
}
