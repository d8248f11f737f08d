/** What database and chain say, read past the console and past the relays. */
import pg from 'pg';
import { createSolanaClient, type SolanaClient } from '#lib/chains/solana/client.ts';
import { getSignatures, type SignatureEntry } from '#lib/chains/solana/signatures.ts';
import type { Stack } from './stack.ts';

/** One query over a connection of its own, which a killed server can't have taken along. */
export async function query<R extends pg.QueryResultRow>(
  url: string,
  text: string,
  values: unknown[] = [],
): Promise<R[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<R>(text, values)).rows;
  } finally {
    await client.end();
  }
}

/** The client and addresses that the tests withdraw with. */
export type Ground = {
  client: string;
  vault: { id: string; address: string };
  destination: { id: string; address: string };
  chain: SolanaClient;
};

const CLIENT = 'C-20418';
const VAULT = 'warm-1';

export async function findGround({ ownerUrl, solanaRpc }: Stack): Promise<Ground> {
  const [vault] = await query<Ground['vault']>(
    ownerUrl,
    'select id, address from vault where id = $1',
    [VAULT],
  );
  const [destination] = await query<Ground['destination']>(
    ownerUrl,
    `select id, address from destination where client_id = $1 and state = 'listed'`,
    [CLIENT],
  );
  if (!vault || !destination) throw new Error('The sample organisation is not complete.');
  return { client: CLIENT, vault, destination, chain: createSolanaClient(solanaRpc) };
}

export type Position = {
  /** What the client is owed, and how much of it is set aside, by the books. */
  owed: bigint;
  held: bigint;
  /** What the vault holds, by the books and on the chain. */
  vaultBooked: bigint;
  vault: bigint;
  destination: bigint;
  /** Newest transaction of each. */
  newest: { vault: string | null; destination: string | null };
};

export async function readPosition({ ownerUrl }: Stack, ground: Ground): Promise<Position> {
  const { chain, client, vault, destination } = ground;
  const [booked] = await query<{ owed: string; held: string; vault: string }>(
    ownerUrl,
    `select c.credits - c.debits as owed, c.held, v.debits - v.credits as vault
       from account c, account v where c.id = $1 and v.id = $2`,
    [`client/${client}/SOL`, `vault/${vault.id}/SOL`],
  );
  if (!booked) throw new Error('The sample accounts are missing.');
  const newestOf = async (address: string): Promise<string | null> =>
    (await signaturesSince(ground, address, null))[0]?.signature ?? null;
  return {
    owed: BigInt(booked.owed),
    held: BigInt(booked.held),
    vaultBooked: BigInt(booked.vault),
    vault: await chain.getBalance(vault.address, 'confirmed'),
    destination: await chain.getBalance(destination.address, 'confirmed'),
    newest: {
      vault: await newestOf(vault.address),
      destination: await newestOf(destination.address),
    },
  };
}

/** Transactions that touch an address, newest first, up to the one named. */
export const signaturesSince = (
  { chain }: Ground,
  address: string,
  until: string | null,
): Promise<SignatureEntry[]> =>
  getSignatures(chain.connection, address, { commitment: 'confirmed', until, before: null });

/** What must hold of the books at any time; an empty list when all of it does. */
export async function findBookFaults(ownerUrl: string): Promise<string[]> {
  const rows = await query<{ fault: string }>(
    ownerUrl,
    `select 'unbalanced ' || asset as fault from posting group by asset having sum(amount) <> 0
     union all
     select 'totals of ' || a.id from account a
       where a.debits <> coalesce((select sum(amount) from posting p where p.account_id = a.id and amount > 0), 0)
         or a.credits <> coalesce((select -sum(amount) from posting p where p.account_id = a.id and amount < 0), 0)
     union all
     select 'held of ' || a.id from account a
       where a.held <> coalesce((select sum(h.amount) from hold h where h.account_id = a.id
         and not exists (select from hold_resolution r where r.hold_id = h.id)), 0)`,
  );
  return rows.map(({ fault }) => fault);
}
