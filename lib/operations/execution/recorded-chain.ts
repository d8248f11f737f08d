/** Which chain the worker means: the one on record, or the first one a sandbox meets. */
import type { ChainCheck } from '#lib/chains/solana/chain-guard.ts';
import type { Context } from '#lib/platform/context.ts';
import { log } from '#lib/platform/log.ts';
import { solanaChainOf } from '../solana-chain.ts';

/** Hash of the first block of Solana's mainnet; its first 32 characters are the chain's CAIP-2 id. */
const mainnetGenesis = '5eykt4UsFv8P8NJdTREpY1vzqKqZKvdpKuc147dw2N9d';

/** @param setting COUNTERSIGN_SOLANA_GENESIS; production means mainnet unless it says otherwise. */
const expectedGenesis = (mode: Context['settings']['mode'], setting: string | null) =>
  setting ?? (mode === 'production' ? mainnetGenesis : null);

/** Solana's, for the worker's client. */
export const recordedChain = (context: Context, setting: string | null): ChainCheck =>
  recordedIdentity(context, {
    chain: solanaChainOf(context.settings.mode),
    expected: expectedGenesis(context.settings.mode, setting),
    variable: 'COUNTERSIGN_SOLANA_RPC',
  });

/**
 * A chain once on record stays the one: its vaults live there. Whoever moves an installation to
 * another chain starts with another database.
 * @param of.expected hash of the block that tells the chain from others (the first; on Bitcoin the second), where it
 *   is known before a node is asked.
 * @param of.variable the setting that names the node.
 */
export function recordedIdentity(
  context: Context,
  { chain, expected, variable }: { chain: string; expected: string | null; variable: string },
): (genesisHash: string) => Promise<boolean> {
  /** Never changes once it is there. */
  let recorded: string | null = null;
  let lastRefused: string | null = null;
  const refuse = (genesisHash: string, meant: string): false => {
    // The question is asked every few seconds; the answer is news once.
    if (lastRefused !== genesisHash)
      log.error(
        { chain, genesisHash, meant },
        `the node of ${variable} belongs to another chain than the one that is meant; nothing is built or sent`,
      );
    lastRefused = genesisHash;
    return false;
  };
  return async (genesisHash) => {
    if (expected !== null && genesisHash !== expected) return refuse(genesisHash, expected);
    recorded ??= await readOrRecord(chain, genesisHash, context);
    if (genesisHash !== recorded) return refuse(genesisHash, recorded);
    lastRefused = null;
    return true;
  };
}

async function readOrRecord(chain: string, genesisHash: string, context: Context): Promise<string> {
  const { db, clock } = context;
  await db.chainIdentity.createMany({
    data: [{ chain, genesisHash, recordedAt: clock() }],
    skipDuplicates: true,
  });
  return (await db.chainIdentity.findUniqueOrThrow({ where: { chain } })).genesisHash;
}
