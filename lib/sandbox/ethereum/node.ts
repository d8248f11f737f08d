/** The sandbox chain: anvil, its state on disk, its token and whoever makes its blocks. */
import { join } from 'node:path';
import { z } from 'zod';
import { EURC_SANDBOX } from '#lib/chains/ethereum/chain.ts';
import { startAnvil, BLOCKS_UNTIL_FINAL, type Anvil } from './anvil.ts';
import { asker, forward, type Ask } from './anvil-rpc.ts';
import { noFaults } from './faults.ts';
import { answerBody, type Answer } from './json-rpc.ts';
import { Miner } from './miner.ts';
import { TOKEN_FAUCET } from './sandbox-chain.ts';
import { openStateFiles, StateFault, type StateFiles } from './state-files.ts';
import { tokenInitCode } from './token-program.ts';

export type SandboxNode = {
  genesisHash: string;
  answer(body: string): Promise<Answer>;
  /** Settles with a reason when the chain can't go on. */
  failed: Promise<Error>;
  /** Writes the state down and ends the node. */
  close(): Promise<void>;
};

const block = z.object({
  hash: z.string().regex(/^0x[0-9a-f]{64}$/),
  timestamp: z.string().regex(/^0x[0-9a-f]{1,10}$/),
});
const MINT_GAS = '0x100000';

/** @throws StateFault on a folder that can't be used; Error when anvil does not come up. */
export async function openSandboxNode(of: {
  folder: string;
  blockMs: number;
}): Promise<SandboxNode> {
  const files = openStateFiles(of.folder, nowInSeconds());
  const anvil = await startAnvil(files.timestamp, join(of.folder, 'cache'));
  try {
    return await openOn(anvil, files, of.blockMs);
  } catch (error) {
    await anvil.stop();
    throw error;
  }
}

async function openOn(anvil: Anvil, files: StateFiles, blockMs: number): Promise<SandboxNode> {
  const ask = asker(anvil.url);
  const keep = oneAtATime(async () => {
    files.writeState(z.string().parse(await ask('anvil_dumpState')));
  });
  const miner = new Miner({ ask, blockMs, keep });
  await restore(ask, files, miner);
  await ensureToken(ask, miner);
  const { hash } = block.parse(await ask('eth_getBlockByNumber', '0x0', false));
  const ending = new AbortController();
  const context = { ask, miner, faults: noFaults() };
  const mining = miner.run(ending.signal).then(() => null, asError);
  const never = new Promise<never>(() => undefined);
  const failed = Promise.race([
    mining.then((error) => error ?? never),
    // Once it is being closed, its end is what was asked for.
    anvil.ended.then((said) => (ending.signal.aborted ? never : new Error(`anvil ended: ${said}`))),
  ]);
  return {
    genesisHash: hash,
    answer: (body) => answerBody({ ...context, forward: (text) => forward(anvil.url, text) }, body),
    failed,
    close: async () => {
      ending.abort();
      await mining;
      try {
        await keep();
      } finally {
        await anvil.stop();
      }
    },
  };
}

/** Puts the chain back as it was, with the clock of today. */
async function restore(ask: Ask, files: StateFiles, miner: Miner): Promise<void> {
  const state = files.readState();
  if (state !== null) {
    const loaded = await ask('anvil_loadState', state).catch(() => false);
    if (loaded !== true)
      throw new StateFault(
        'The state of the sandbox chain is not one that the node takes. Wipe the sandbox with `npm run reset`.',
      );
  }
  const { timestamp } = block.parse(await ask('eth_getBlockByNumber', 'latest', false));
  // Blocks that came faster than one a second are dated ahead, and no block is older than the one before.
  await ask('evm_setTime', Math.max(nowInSeconds(), Number(timestamp) + 1));
  // The node knows what was at past blocks only of those it made itself since it started; with as many
  // as it takes for one to be final, every block that questions name is among them.
  if (state !== null) await miner.mine(BLOCKS_UNTIL_FINAL);
}

async function ensureToken(ask: Ask, miner: Miner): Promise<void> {
  const code = z.string().parse(await ask('eth_getCode', EURC_SANDBOX, 'latest'));
  if (code !== '0x') return;
  await ask('eth_sendTransaction', { from: TOKEN_FAUCET, data: tokenInitCode(), gas: MINT_GAS });
  await miner.mine(1 + BLOCKS_UNTIL_FINAL);
  const made = z.string().parse(await ask('eth_getCode', EURC_SANDBOX, 'latest'));
  if (made === '0x') throw new Error('The token is not where it should be');
}

/** Calls that come while one runs share one that starts after it. */
function oneAtATime(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  const start = (): Promise<void> => {
    const started = work().finally(() => {
      running = null;
    });
    running = started;
    return started;
  };
  return () => {
    if (running === null) return start();
    next ??= running
      .catch(() => undefined)
      .then(() => {
        next = null;
        return start();
      });
    return next;
  };
}

const nowInSeconds = (): number => Math.floor(Date.now() / 1_000);
const asError = (error: unknown): Error =>
  error instanceof Error ? error : new Error(String(error));
