/** Whether everything the console stands on is there: for machines, without secrets or detail. */
import type { SolanaClient } from '#lib/chains/solana/client.ts';
import { partyStatus, type PartyClient } from '#lib/mpc/client/party-client.ts';
import type { Context } from '#lib/platform/context.ts';

/** A worker that has not shown itself for this long counts as gone. */
const heartbeatLimitMs = 15_000;

export type HealthStatus =
  | 'ok'
  | 'expected offline'
  | 'unreachable'
  | 'no genesis'
  | 'late'
  | 'failing';
export type Health = {
  status: 'ok' | 'degraded';
  database: HealthStatus;
  worker: HealthStatus;
  parties: Record<string, HealthStatus>;
  chains: Record<string, HealthStatus>;
};

export async function viewHealth(
  context: Context,
  parties: readonly PartyClient[],
  chains: Readonly<Record<string, SolanaClient>>,
): Promise<Health> {
  const [database, worker, partyStates, chainStates] = await Promise.all([
    checkDatabase(context),
    checkWorker(context),
    Promise.all(parties.map(async (party) => [party.name, await checkParty(party)] as const)),
    Promise.all(
      Object.entries(chains).map(async ([name, chain]) => [name, await checkChain(chain)] as const),
    ),
  ]);
  const all = [
    database,
    worker,
    ...partyStates.map(([, state]) => state),
    ...chainStates.map(([, state]) => state),
  ];
  const isWell = all.every((state) => state === 'ok' || state === 'expected offline');
  return {
    status: isWell ? 'ok' : 'degraded',
    database,
    worker,
    parties: Object.fromEntries(partyStates),
    chains: Object.fromEntries(chainStates),
  };
}

async function checkDatabase(context: Context): Promise<HealthStatus> {
  try {
    await context.db.$queryRaw`SELECT 1`;
    return 'ok';
  } catch {
    return 'unreachable';
  }
}

async function checkWorker(context: Context): Promise<HealthStatus> {
  try {
    const beat = await context.db.heartbeat.findUnique({ where: { name: 'worker' } });
    if (!beat) return 'unreachable';
    return context.clock().getTime() - beat.at.getTime() > heartbeatLimitMs ? 'late' : 'ok';
  } catch {
    return 'unreachable';
  }
}

async function checkParty(party: PartyClient): Promise<HealthStatus> {
  const status = await partyStatus(party);
  if (!status.ok) return party.expected === 'offline' ? 'expected offline' : 'unreachable';
  return status.value.genesisDigest === null ? 'no genesis' : 'ok';
}

async function checkChain(chain: SolanaClient): Promise<HealthStatus> {
  try {
    await chain.health();
    return 'ok';
  } catch {
    return 'unreachable';
  }
}
