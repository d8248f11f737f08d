/** Methods that only the sandbox has: blocks, reorganizations, money and faults on order. */
import { z } from 'zod';
import { scriptOfAddress } from './addresses.ts';
import { lies } from './faults.ts';
import { readParams, whole, type Method } from './method.ts';
import { decodeTx } from './rpc-transactions.ts';
import { RpcError, rpcCode } from './rpc-error.ts';

const address = z.string().transform((text, context) => {
  const script = scriptOfAddress(text);
  if (script !== null) return script;
  context.addIssue({ code: 'custom', message: 'Invalid address' });
  return z.NEVER;
});
const INSTEAD_MAX = 10;
/** A hundred times what the network ever asked. */
const FEE_RATE_MAX = 1_000_000_000;
const satoshis = z
  .string()
  .regex(/^[1-9]\d{0,15}$/)
  .transform(BigInt);

export const controlMethods: Readonly<Record<string, Method>> = {
  /** [count, address?]: as in Core; without an address the faucet is paid. Returns the hashes. */
  generatetoaddress: ({ chain }, params) => {
    const [count, script] = readParams(z.tuple([whole(1, 1000), address.optional()]), params);
    return chain.mine(count, script).map(({ hash }) => hash);
  },
  /** [address, satoshis as text]: a payment from outside, into the mempool. Returns its id. */
  sandbox_deposit: ({ chain }, params) => {
    const [script, value] = readParams(z.tuple([address, satoshis]), params);
    const payment = chain.faucet.pay(chain.branch, chain.mempool, { script, value });
    if (!payment)
      throw new RpcError(rpcCode.misc, 'The faucet has no coin so large. Let some blocks pass.');
    const verdict = chain.test(payment);
    // A long row of payments in one block has Core's limit of waiting transactions that hang together.
    if (!verdict.ok) throw new RpcError(rpcCode.transactionRejected, verdict.reject.reason);
    chain.take(payment, verdict);
    return payment.txid;
  },
  /**
   * [depth, reverse?, instead?]: replace the newest blocks; `reverse` makes the faucet's payments in them
   * impossible, `instead` are transactions in hex that the first of the new blocks has.
   */
  sandbox_reorg: ({ chain }, params) => {
    const [depth, reverse, instead] = readParams(
      z.tuple([
        whole(1, 100),
        z.boolean().default(false),
        z.array(z.string()).max(INSTEAD_MAX).default([]),
      ]),
      params,
    );
    try {
      return chain.reorganize(depth, reverse, instead.map(decodeTx)).map(({ hash }) => hash);
    } catch (error) {
      if (error instanceof RangeError) throw new RpcError(rpcCode.invalidParameter, error.message);
      throw error;
    }
  },
  /** [count]: accept the next transactions, and lose them. */
  sandbox_dropTransactions: ({ chain }, params) => {
    [chain.faults.drop] = readParams(z.tuple([whole(0, 1000)]), params);
    return null;
  },
  /** [count]: take the next transactions, and break the connection instead of answering. */
  sandbox_hangUp: ({ chain }, params) => {
    [chain.faults.hangUp] = readParams(z.tuple([whole(0, 1000)]), params);
    return null;
  },
  /** [blocks]: show the chain as it was so many blocks ago; 0 ends it. */
  sandbox_lag: ({ chain }, params) => {
    [chain.faults.lag] = readParams(z.tuple([whole(0, 1000)]), params);
    return null;
  },
  /** [rate]: what a place in a block costs, satoshi for 1,000 virtual bytes; 0 ends it. */
  sandbox_feeRate: ({ chain }, params) => {
    [chain.faults.feeRate] = readParams(z.tuple([whole(0, FEE_RATE_MAX)]), params);
    return null;
  },
  /** [kind, count]: so many answers of this kind are false. */
  sandbox_lie: ({ chain }, params) => {
    const [kind, count] = readParams(z.tuple([z.enum(lies), whole(0, 1000)]), params);
    chain.faults.lie[kind] = count;
    return null;
  },
  sandbox_status: ({ chain }) => ({
    sandbox: true,
    height: chain.branch.height,
    faucet: chain.faucet.address,
    waiting: chain.mempool.size,
    faults: chain.faults,
  }),
};
