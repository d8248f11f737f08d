/**
 * The console's records in the form in which a party holds its own, so that one code answers both:
 * what the rules ask for, and what would be refused. Parties hold their own and never ask.
 */
import { addressOfOwner } from '#lib/chains/account-context.ts';
import { findChain } from '#lib/chains/registry.ts';
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import type { DecideInput } from '#lib/protocol/decide-input.ts';
import { destinationIn, spentQuestions } from '#lib/protocol/facts-of.ts';
import { movesCoins, type Intent } from '#lib/protocol/intent.ts';
import { ownerOf } from '#lib/protocol/owner-of.ts';
import { chainId, destinationClass, vaultTier } from '#lib/protocol/scalars.ts';
import { vaultKeyOf } from '../execution/chains/source-account.ts';
import type { Trust } from '../trust.ts';
import { spentWindows } from './spent-windows.ts';
import { standingFreezes } from './standing-freezes.ts';

export type HeldRecords = DecideInput['party'];

/** There are tens of vaults, not thousands. */
const vaultsMax = 1_000;

/** Signed or on its way: then a party has it in its own count of what it let go. */
const letGo = { phase: { in: ['signed', 'broadcast', 'confirmed'] } };

async function heldDestinations(
  db: Database | Tx,
  intent: Intent,
): Promise<HeldRecords['destinations']> {
  const id = destinationIn(intent);
  const row = id === null ? null : await db.destination.findUnique({ where: { id } });
  if (!row?.listedAt) return [];
  const used = await db.operation.findFirst({
    where: { kind: 'withdrawal', destinationId: row.id, transactions: { some: letGo } },
    select: { id: true },
  });
  return [
    {
      id: row.id,
      client: row.clientId,
      chain: row.chain,
      asset: row.asset,
      address: row.address,
      class: destinationClass.parse(row.class),
      listedAt: row.listedAt.toISOString(),
      expiresAt: row.expiresAt.toISOString(),
      removed: row.state === 'removed',
      used: used !== null,
    },
  ];
}

/** Keys that somebody ended since: those named, and all that a person has. */
async function revokedKeys(db: Database | Tx, { roster }: Trust): Promise<string[]> {
  const rows = await db.revocation.findMany({ select: { personId: true, credentialId: true } });
  return rows.flatMap(({ personId, credentialId }) => {
    if (credentialId !== null) return [credentialId];
    const person = roster.people.find(({ id }) => id === personId);
    return person?.credentials.map(({ id }) => id) ?? [];
  });
}

type HeldVaults = Required<Pick<HeldRecords, 'vaults' | 'keys' | 'accounts'>>;

async function heldVaults(db: Database | Tx, intent: Intent): Promise<HeldVaults> {
  const rows = await db.vault.findMany({
    orderBy: { id: 'asc' },
    take: vaultsMax,
    include: { key: true },
  });
  return {
    vaults: rows.map(({ id, keyId, tier, chain, address }) => ({
      id,
      key: keyId,
      tier: vaultTier.parse(tier),
      chain: chainId.parse(chain),
      address,
    })),
    accounts: accountsFor(rows, intent),
    keys: rows.map(({ id, key }) => ({
      id: key.id,
      vault: id,
      epoch: 1,
      threshold: key.threshold,
      parties: key.parties,
    })),
  };
}

type VaultRow = Parameters<typeof vaultKeyOf>[0] & { id: string };

/**
 * Where the account that the intent moves lies in each vault of its chain; none where a vault has one address for all.
 * A party works out the same from the keys that it holds shares of, and from what others vouch for.
 */
function accountsFor(rows: readonly VaultRow[], intent: Intent): HeldVaults['accounts'] {
  if (!movesCoins(intent) || findChain(intent.chain)?.accounts !== 'by-owner') return [];
  const owner = ownerOf(intent);
  return rows
    .filter(({ chain }) => chain === intent.chain)
    .map((row) => ({ vault: row.id, address: addressOfOwner(vaultKeyOf(row), owner) }));
}

/** For one intent: only the destination it names is read. */
export async function heldRecords(
  intent: Intent,
  trust: Trust,
  db: Database | Tx,
  now: Date,
): Promise<HeldRecords> {
  const party =
    intent.kind === 'key-ceremony'
      ? trust.roster.parties.find(({ name }) => intent.parties.includes(name))
      : trust.roster.parties[0];
  // One after the other: inside a transaction they share a connection.
  const { vaults, keys, accounts } = await heldVaults(db, intent);
  const destinations = await heldDestinations(db, intent);
  const freezes = await standingFreezes(db);
  const spent = movesCoins(intent)
    ? await spentWindows(db, intent, spentQuestions([trust.policy], intent.asset), now)
    : [];
  return {
    name: party?.name ?? 'console',
    group: party?.group ?? 'control',
    vaults,
    accounts,
    destinations,
    keys,
    seenCounters: [],
    endedAttempts: [],
    freezes: freezes.map(({ operation, scope }) => ({ operation, scope })),
    revokedCredentials: await revokedKeys(db, trust),
    spent,
    waits: [],
    codes: [],
    peers: { word: 'heard', differing: [] },
  };
}
