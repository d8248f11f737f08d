/** Methods that only the sandbox has: faults on order, time on order, money on order. */
import { z } from 'zod';
import { faucetTransfer } from './faucet.ts';
import type { Method } from './method.ts';
import { preflight } from './methods-send.ts';
import { options, readParams, solanaAddress, u64, whole } from './rpc-params.ts';
import { readTransaction } from './wire.ts';

const memo = z
  .string()
  .regex(/^[\x20-\x7e]{1,120}$/, 'A memo is 1 to 120 printable ASCII characters')
  .optional();

export const controlMethods: Readonly<Record<string, Method>> = {
  /** [count]: accept the next transactions, and lose them. */
  sandbox_dropTransactions: (chain, params) => {
    [chain.faults.drop] = readParams(z.tuple([whole(0, 1000)]), params);
    return null;
  },
  /** [count, slots]: accept the next transactions, and run them so many slots later. */
  sandbox_delayTransactions: (chain, params) => {
    const [count, slots] = readParams(z.tuple([whole(0, 1000), whole(1, 100_000)]), params);
    chain.faults.delay = { count, slots };
    return null;
  },
  /** [count]: run the next transactions, and break the connection instead of answering. */
  sandbox_hangUp: (chain, params) => {
    [chain.faults.hangUp] = readParams(z.tuple([whole(0, 1000)]), params);
    return null;
  },
  /** [slots]: let time pass at once. Returns the new slot. */
  sandbox_advanceSlots: (chain, params) => {
    const [slots] = readParams(z.tuple([whole(1, 10_000)]), params);
    for (let left = slots; left > 0; left -= 1) chain.advanceSlot();
    return chain.slot();
  },
  /** [address, lamports, { memo? }]: a payment from outside. Returns the transaction's id. */
  sandbox_deposit: (chain, params) => {
    const [to, lamports, asked] = readParams(
      z.tuple([solanaAddress, u64, options({ memo }).optional()]),
      params,
    );
    const incoming = readTransaction(
      faucetTransfer(chain, { to, lamports, memo: asked?.memo ?? null }),
    );
    preflight(chain, incoming);
    chain.run(incoming);
    return incoming.id;
  },
  sandbox_status: (chain) => ({
    sandbox: true,
    slot: chain.slot(),
    faucet: chain.faucet.address,
    transactions: chain.history.size,
    waiting: chain.waitingCount,
    faults: chain.faults,
  }),
};
