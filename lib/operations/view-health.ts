/** Whether everything the console stands on is there: for machines, without secrets or detail. */
import { z } from 'zod';
import type { SolanaClient } from '#lib/chains/solana/client.ts';
import { partyStatus, type PartyClient } from '#lib/mpc/client/party-client.ts';
import type { Context } from '#lib/platform/context.ts';
import { dataKeys } from '#lib/platform/data-keys/our-keys.ts';
import { withinDeadline } from '#lib/platform/deadline.ts';
import { lagMaxOf, type ServedNodes } from './chain-doors.ts';
import { askChain, type ChainVerdict } from './chain-status.ts';
import { solanaChainOf } from './solana-chain.ts';

/** A worker that has not shown itself for this long counts as gone. */
const heartbeatLimitMs = 15_000;

/** Nobody who asks waits longer for any of the answers, whatever hangs. */
const checkMs = 3_000;

/** What of the heartbeat matters here: duties and operations that keep failing. */
const heartbeatDetail = z.looseObject({ failing: z.array(z.string()).default([]) });

export type HealthStatus =
  | 'ok'
  | 'expected offline'
  | 'unreachable'
  | 'other chain'
  | 'nodes differ'
  | 'node behind'
  | 'one node away'
  | 'no genesis'
  | 'late'
  | 'failing';
export type Health = {
  status: 'ok' | 'degraded';
  database: HealthStatus;
  worker: HealthStatus;
  /** The data-key service, without which nothing that is known of people can be read or written. */
  keys: HealthStatus;
  parties: Record<string, HealthStatus>;
  chains: Record<string, HealthStatus>;
};

/** @param others chains beside Solana, each with its one or two nodes. */
export async function viewHealth(
  context: Context,
  parties: readonly PartyClient[],
  chains: Readonly<Record<string, SolanaClient>>,
  others: readonly ServedNodes[] = [],
): Promise<Health> {
  const [database, founding, worker, keys, partyStates, chainStates] = await Promise.all([
    inTime(checkDatabase(context)),
    withinDeadline(isFounding(context), checkMs, false),
    inTime(checkWorker(context)),
    inTime(checkKeys()),
    Promise.all(
      parties.map(async (party) => [party.name, await inTime(checkParty(party))] as const),
    ),
    Promise.all([
      ...Object.entries(chains).map(
        async ([name, chain]) => [name, await inTime(checkChain(chain, context))] as const,
      ),
      ...others.map(
        async (served) => [served.facts.family, await inTime(checkNodes(served))] as const,
      ),
    ]),
  ]);
  const all = [
    database,
    worker,
    keys,
    ...partyStates.map(([, state]) => state),
    ...chainStates.map(([, state]) => state),
  ];
  const isWell = all.every(
    (state) =>
      state === 'ok' || state === 'expected offline' || (founding && state === 'no genesis'),
  );
  return {
    status: isWell ? 'ok' : 'degraded',
    database,
    worker,
    keys,
    parties: Object.fromEntries(partyStates),
    chains: Object.fromEntries(chainStates),
  };
}

const inTime = (check: Promise<HealthStatus>): Promise<HealthStatus> =>
  withinDeadline(check, checkMs, 'unreachable');

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
    if (context.clock().getTime() - beat.at.getTime() > heartbeatLimitMs) return 'late';
    const { failing } = heartbeatDetail.parse(beat.detail);
    return failing.length > 0 ? 'failing' : 'ok';
  } catch {
    return 'unreachable';
  }
}

async function checkKeys(): Promise<HealthStatus> {
  try {
    await dataKeys().missing([]);
    return 'ok';
  } catch {
    return 'unreachable';
  }
}

async function checkParty(party: PartyClient): Promise<HealthStatus> {
  const status = await partyStatus(party);
  if (!status.ok) return party.expected === 'offline' ? 'expected offline' : 'unreachable';
  return status.value.genesisDigest === null ? 'no genesis' : 'ok';
}

/** Before there is a roster, parties without a genesis are what has to be; afterwards one has lost it. */
async function isFounding(context: Context): Promise<boolean> {
  try {
    return (await context.db.rosterVersion.findFirst({ select: { version: true } })) === null;
  } catch {
    return false;
  }
}

/** Until the worker has put a chain on record, any will do. */
async function checkChain(chain: SolanaClient, { db, settings }: Context): Promise<HealthStatus> {
  try {
    const { genesisHash } = await chain.health();
    const recorded = await db.chainIdentity.findUnique({
      where: { chain: solanaChainOf(settings.mode) },
    });
    return recorded && recorded.genesisHash !== genesisHash ? 'other chain' : 'ok';
  } catch {
    return 'unreachable';
  }
}

const nodeWords: Readonly<Record<ChainVerdict, HealthStatus>> = {
  ok: 'ok',
  // It is there, and refuses whoever has no name and password; the worker has them.
  'no-access': 'ok',
  differ: 'nodes differ',
  behind: 'node behind',
  'one-away': 'one node away',
  unreachable: 'unreachable',
  'other-chain': 'other chain',
};

async function checkNodes({ facts, doors }: ServedNodes): Promise<HealthStatus> {
  try {
    return nodeWords[(await askChain(doors, lagMaxOf[facts.family])).verdict];
  } catch {
    return 'unreachable';
  }
}
