/** Methods that only the sandbox has: money, blocks, reorganisations and faults on order. */
import { encodeFunctionData, parseAbi } from 'viem/utils';
import type { Hex } from 'viem';
import { z } from 'zod';
import { isEthereumAddress } from '#lib/chains/ethereum/address.ts';
import { EURC_SANDBOX } from '#lib/chains/ethereum/chain.ts';
import type { Ask } from './anvil-rpc.ts';
import type { FaultPlan } from './faults.ts';
import type { Miner } from './miner.ts';
import { ETHER_FAUCET, TOKEN_FAUCET } from './sandbox-chain.ts';
import { brokenTokenCode, passOnCode, tokenCode } from './token-program.ts';

export type ControlContext = { ask: Ask; miner: Miner; faults: FaultPlan };

/** @returns the result; throws ZodError on parameters that it does not take. */
export type ControlMethod = (
  context: ControlContext,
  params: readonly unknown[],
) => Promise<unknown>;

const address = z.string().max(42).refine(isEthereumAddress, 'must be an address');
/** Decimal, in the smallest unit, more than zero. */
const amount = z
  .string()
  .regex(/^[1-9]\d{0,29}$/)
  .transform(BigInt);
const count = z.int().min(0).max(1_000);
const payment = z.tuple([address, amount]);

const tokenAbi = parseAbi(['function transfer(address to, uint256 amount)']);
const quantity = (value: bigint): string => `0x${value.toString(16)}`;

export const controlMethods: Readonly<Record<string, ControlMethod>> = {
  /** [address, wei]: a payment from outside. Returns the transaction's hash. */
  sandbox_deposit: ({ ask }, params) => {
    const [to, wei] = payment.parse(params);
    return ask('eth_sendTransaction', { from: ETHER_FAUCET, to, value: quantity(wei) });
  },
  /** [address, units]: tokens from outside. Returns the transaction's hash. */
  sandbox_depositToken: ({ ask }, params) => {
    const [to, units] = payment.parse(params);
    const data = encodeFunctionData({ abi: tokenAbi, args: [to as Hex, units] });
    return ask('eth_sendTransaction', { from: TOKEN_FAUCET, to: EURC_SANDBOX, data });
  },
  /** [address, wei]: ether that a contract sends on, so that no transaction to the address shows it. */
  sandbox_depositThroughContract: ({ ask }, params) => {
    const [to, wei] = payment.parse(params);
    const data = passOnCode(to);
    return ask('eth_sendTransaction', { from: ETHER_FAUCET, value: quantity(wei), data });
  },
  /** [count]: blocks at once. Returns the newest block's number. */
  sandbox_mine: async ({ ask, miner }, params) => {
    const [blocks] = z.tuple([z.int().min(1).max(1_000)]).parse(params);
    await miner.mine(blocks);
    return ask('eth_blockNumber');
  },
  /** [wei]: what the next block asks for gas; it falls by an eighth with each empty one. Returns that block's number. */
  sandbox_baseFee: async ({ ask, miner }, params) => {
    const [wei] = z.tuple([amount]).parse(params);
    await ask('anvil_setNextBlockBaseFeePerGas', quantity(wei));
    await miner.mine(1);
    return ask('eth_blockNumber');
  },
  /** [isPaused]: blocks come only by `sandbox_mine`. */
  sandbox_pauseMining: async ({ miner }, params) => {
    const [isPaused] = z.tuple([z.boolean()]).parse(params);
    miner.pause(isPaused);
    return null;
  },
  /** [depth]: the newest blocks give way to as many empty ones; their transactions are gone. */
  sandbox_reorganise: async ({ ask }, params) => {
    const [depth] = z.tuple([z.int().min(1).max(64)]).parse(params);
    await ask('anvil_reorg', depth, []);
    return ask('eth_blockNumber');
  },
  /** [isBroken]: while true, the sandbox's token undoes every call; what accounts hold of it stays. */
  sandbox_breakToken: async ({ ask }, params) => {
    const [isBroken] = z.tuple([z.boolean()]).parse(params);
    await ask('anvil_setCode', EURC_SANDBOX, isBroken ? brokenTokenCode() : tokenCode());
    return null;
  },
  /** [count]: accept the next transactions, and lose them. */
  sandbox_dropTransactions: async ({ faults }, params) => {
    [faults.drop] = z.tuple([count]).parse(params);
    return null;
  },
  /** [count]: take the next transactions, and break the connection instead of answering. */
  sandbox_hangUp: async ({ faults }, params) => {
    [faults.hangUp] = z.tuple([count]).parse(params);
    return null;
  },
};
