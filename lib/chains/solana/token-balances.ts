/** Tokens that an address holds in token accounts, whatever they are: anybody can send some. */
import { base58 } from '@scure/base';
import { address } from '@solana/kit';
import { z } from 'zod';
import { withContext } from './rpc-answers.ts';
import { ask, type RpcConnection } from './rpc-call.ts';
import { SolanaRpcError } from './rpc-error.ts';

export type TokenBalances = {
  /** Oldest slot at which one of the answers was read. */
  slot: bigint;
  /** Summed over the accounts of each mint, in its smallest unit; more than zero. */
  tokens: { mint: string; amount: bigint }[];
};

/** The token program and its successor. */
const tokenPrograms = [
  'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA',
  'TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb',
] as const;

/** Accounts of one address under one program; more is somebody's flood, and is not taken in silence. */
const accountsMax = 5_000;
/** Mint, owner and amount come first in every token account, whatever follows. */
const MINT_END = 32;
const OWNER_END = 64;
const AMOUNT_END = 72;

const answer = withContext(
  z
    .array(
      z.object({
        account: z.object({
          data: z.tuple([z.string().max(20_000), z.literal('base64')]),
        }),
      }),
    )
    .max(accountsMax),
);

/** At what is final. @throws SolanaRpcError */
export async function getTokenBalances(
  connection: RpcConnection,
  owner: string,
): Promise<TokenBalances> {
  const sums = new Map<string, bigint>();
  let slot: bigint | null = null;
  for (const program of tokenPrograms) {
    const { value, context } = await ask(
      connection,
      'getTokenAccountsByOwner',
      (rpc) =>
        rpc.getTokenAccountsByOwner(
          address(owner),
          { programId: address(program) },
          { commitment: 'finalized', encoding: 'base64' },
        ),
      answer,
    );
    slot = slot === null || context.slot < slot ? context.slot : slot;
    for (const { account } of value) {
      const held = readTokenAccount(Buffer.from(account.data[0], 'base64'), owner);
      sums.set(held.mint, (sums.get(held.mint) ?? 0n) + held.amount);
    }
  }
  const tokens = [...sums].map(([mint, amount]) => ({ mint, amount }));
  return { slot: slot ?? 0n, tokens: tokens.filter(({ amount }) => amount > 0n) };
}

function readTokenAccount(data: Buffer, owner: string): { mint: string; amount: bigint } {
  const isWhole = data.length >= AMOUNT_END;
  if (!isWhole || base58.encode(data.subarray(MINT_END, OWNER_END)) !== owner)
    throw new SolanaRpcError(
      'rpc-bad-answer',
      'getTokenAccountsByOwner',
      'an account is not one of the address that was asked for',
    );
  return {
    mint: base58.encode(data.subarray(0, MINT_END)),
    amount: data.readBigUInt64LE(OWNER_END),
  };
}
