/** Withdrawals of the past, written straight into the tables, as many as a test or a bench wants. */
import { randomUUID } from 'node:crypto';
import type { Database } from '#lib/platform/db/client.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { canonicalize, intentDigest, withdrawalIntent } from '#lib/protocol/intent.ts';

export type PastWithdrawal = {
  raisedAt: Date;
  /** Null for one that never left. */
  signedAt: Date | null;
  client: string;
  destination: string;
  /** Smallest unit of SOL. */
  amount: bigint;
};

/** A day on which everything here is listed already. */
const listedAt = new Date('2020-01-01T00:00:00.000Z');

/** A vault `warm-1`, the clients and their destinations (client and id). */
export async function openPast(
  owner: Database,
  destinations: readonly { id: string; client: string }[],
): Promise<void> {
  const clients = [...new Set(destinations.map(({ client }) => client))];
  await owner.client.createMany({ data: clients.map((id) => ({ id })), skipDuplicates: true });
  await inTransaction(owner, async (tx) => {
    await tx.$executeRaw`SET LOCAL session_replication_role = replica`;
    await tx.mpcKey.create({
      data: {
        id: 'key-warm-1',
        suite: 'FROST-ED25519-SHA512-v1',
        publicKey: 'aa'.repeat(32),
        threshold: 2,
        parties: ['control', 'custody', 'recovery'],
        operationId: randomUUID(),
      },
    });
    await tx.vault.create({
      data: {
        id: 'warm-1',
        name: 'Warm 1',
        tier: 'warm',
        chain: 'solana:sandbox',
        keyId: 'key-warm-1',
        address: 'address',
      },
    });
    await tx.destination.createMany({
      data: destinations.map(({ id, client }) => ({
        id,
        clientId: client,
        chain: 'solana:sandbox',
        asset: 'SOL',
        address: `address-of-${id}`,
        label: id,
        class: 'exchange',
        state: 'listed',
        listedAt,
        expiresAt: new Date('2999-01-01T00:00:00.000Z'),
      })),
    });
  });
}

/** Numbered on from what was written to this database before. @returns the ids of the operations, in their order. */
export async function writePast(
  owner: Database,
  withdrawals: readonly PastWithdrawal[],
): Promise<string[]> {
  const before = await owner.operation.count({ where: { number: { startsWith: 'WD-2020-' } } });
  const rows = withdrawals.map(({ raisedAt, signedAt, client, destination, amount }, place) => {
    const id = randomUUID();
    const intent = withdrawalIntent.parse({
      type: 'countersign/intent/v1',
      organisation: 'sample-custodian',
      environment: 'sandbox',
      operation: id,
      notAfter: new Date(raisedAt.getTime() + 3_600_000).toISOString(),
      kind: 'withdrawal',
      client,
      vault: 'warm-1',
      chain: 'solana:sandbox',
      asset: 'SOL',
      amount: amount.toString(),
      destination: { id: destination, address: `address-of-${destination}` },
      highestFee: '10000',
      memo: null,
      reasonCommitment: 'ab'.repeat(32),
      travelRule: null,
    });
    return {
      id,
      intent,
      raisedAt,
      signedAt,
      number: `WD-2020-${String(before + place + 1).padStart(6, '0')}`,
    };
  });
  const signed = rows.flatMap(({ id, signedAt }) =>
    signedAt === null ? [] : [{ id, transaction: randomUUID(), at: signedAt.toISOString() }],
  );
  await inTransaction(
    owner,
    async (tx) => {
      await tx.$executeRaw`SET LOCAL session_replication_role = replica`;
      await tx.$executeRaw`
        INSERT INTO operation (id, number, kind, intent, digest, state, raised_by, raised_at,
          roster_version, policy_version, policy_rule, needs, expires_at, state_changed_at,
          client_id, vault_id, destination_id, asset, amount)
        SELECT id, number, 'withdrawal', intent, digest, state, 'p-aaaaaaaaaa', raised_at,
          1, 1, 'withdrawal', '[]', raised_at + interval '1 hour', raised_at,
          client, 'warm-1', destination, 'SOL', amount
        FROM unnest(
          ${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ number }) => number)}::text[],
          ${rows.map(({ intent }) => canonicalize(intent))}::text[],
          ${rows.map(({ intent }) => intentDigest(intent))}::text[],
          ${rows.map(({ signedAt }) => (signedAt === null ? 'rejected' : 'confirmed'))}::text[],
          ${rows.map(({ raisedAt }) => raisedAt.toISOString())}::timestamptz[],
          ${rows.map(({ intent }) => intent.client)}::text[],
          ${rows.map(({ intent }) => intent.destination.id)}::text[],
          ${rows.map(({ intent }) => intent.amount)}::numeric[]
        ) AS past(id, number, intent, digest, state, raised_at, client, destination, amount)`;
      await tx.$executeRaw`
        INSERT INTO chain_transaction
          (id, operation_id, attempt, chain, message, conflict_key, txid, raw, phase, signed_at)
        SELECT transaction, id, 1, 'solana:sandbox', '\\x01', id::text, id::text, '\\x01', 'signed', at
        FROM unnest(
          ${signed.map(({ transaction }) => transaction)}::uuid[],
          ${signed.map(({ id }) => id)}::uuid[], ${signed.map(({ at }) => at)}::timestamptz[]
        ) AS past(transaction, id, at)`;
    },
    { timeoutMs: 120_000 },
  );
  return rows.map(({ id }) => id);
}
