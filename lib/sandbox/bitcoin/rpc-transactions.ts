/** Bitcoin Core's questions about transactions, and its ways to take them. */
import { z } from 'zod';
import { takeSendFault } from './faults.ts';
import { BtcAmount } from './json.ts';
import { hash, readParams, type Exchange, type Method } from './method.ts';
import { rejectText } from './reject.ts';
import { isReplaceable } from './replacement.ts';
import { RpcError, rpcCode } from './rpc-error.ts';
import { showTx } from './show-core.ts';
import { readTxHex, WireError, type Tx } from './wire.ts';

/** Satoshis per 1000 virtual bytes above which Core takes a fee for a mistake: 0.1 BTC. */
const FEE_RATE_MAX = 10_000_000n;

const verbosity = z
  .union([z.boolean(), z.int().min(0).max(2)])
  .default(0)
  .transform(Number);

/** In bitcoin per 1000 virtual bytes; zero takes any fee. */
const feeRateMax = z
  .union([z.number().min(0).max(1), z.string().regex(/^[01](?:\.\d{1,8})?$/)])
  .optional()
  .transform((rate) =>
    rate === undefined ? FEE_RATE_MAX : BigInt(Math.round(Number(rate) * 1e8)),
  );

export const transactionMethods: Readonly<Record<string, Method>> = {
  getrawtransaction: ({ view }, params) => {
    const [txid, detail, blockhash] = readParams(
      z.tuple([hash, verbosity, hash.nullish()]),
      params,
    );
    const block = blockhash ? view.byHash(blockhash) : null;
    if (blockhash && !block) throw new RpcError(rpcCode.notFound, 'Block hash not found');
    const found = view.find(txid);
    if (!found || (block && found.block !== block))
      throw new RpcError(
        rpcCode.notFound,
        block
          ? 'No such transaction found in the provided block. Use gettransaction for wallet transactions.'
          : 'No such mempool or blockchain transaction. Use gettransaction for wallet transactions.',
      );
    const hex = view.hexOf(found.tx);
    if (detail === 0) return hex;
    if (!found.block) return showTx(found.tx, hex);
    return {
      ...(block ? { in_active_chain: true } : {}),
      ...showTx(found.tx, hex),
      blockhash: found.block.hash,
      confirmations: view.height - found.block.height + 1,
      time: found.block.time,
      blocktime: found.block.time,
    };
  },
  sendrawtransaction: (exchange, params) => {
    const [hex, rateMax] = readParams(
      z.tuple([z.string(), feeRateMax, z.unknown().optional()]),
      params,
    );
    return sendTx(exchange, decodeTx(hex), rateMax);
  },
  testmempoolaccept: ({ chain }, params) => {
    const [hexes] = readParams(
      z.tuple([z.array(z.string()).length(1), z.unknown().optional()]),
      params,
    );
    return hexes.map((hex) => {
      const tx = decodeTx(hex);
      const names = { txid: tx.txid, wtxid: tx.wtxid };
      const verdict = chain.test(tx);
      return verdict.ok
        ? {
            ...names,
            allowed: true,
            vsize: tx.vsize,
            fees: { base: new BtcAmount(verdict.fee) },
          }
        : {
            ...names,
            allowed: false,
            'reject-reason':
              verdict.reject.reason === 'bad-txns-inputs-missingorspent'
                ? 'missing-inputs'
                : verdict.reject.reason,
          };
    });
  },
  getmempoolentry: ({ view, chain }, params) => {
    const [txid] = readParams(z.tuple([hash]), params);
    const entry = view.waiting().find(({ tx }) => tx.txid === txid);
    if (!entry) throw new RpcError(rpcCode.notFound, 'Transaction not in mempool');
    return {
      vsize: entry.tx.vsize,
      weight: entry.tx.weight,
      time: entry.time,
      height: entry.height,
      fees: { base: new BtcAmount(entry.fee), modified: new BtcAmount(entry.fee) },
      depends: [...chain.mempool.ancestorsOf(entry.tx)],
      'bip125-replaceable': isReplaceable(entry.tx, chain.mempool),
    };
  },
  getrawmempool: ({ view }) => view.waiting().map(({ tx }) => tx.txid),
};

/**
 * Takes a transaction, or says why not, as Core does: one that waits already is taken again.
 * @returns its id. @throws RpcError
 */
export function sendTx(exchange: Exchange, tx: Tx, rateMax = FEE_RATE_MAX): string {
  const { chain } = exchange;
  const verdict = chain.test(tx);
  if (!verdict.ok) {
    const { reason } = verdict.reject;
    if (reason.startsWith('txn-already-in-mempool') || reason.startsWith('txn-same-'))
      return tx.txid;
    if (reason === 'txn-already-known')
      throw new RpcError(rpcCode.alreadyInChain, 'Transaction outputs already in utxo set');
    const code =
      reason === 'bad-txns-inputs-missingorspent'
        ? rpcCode.transactionError
        : rpcCode.transactionRejected;
    throw new RpcError(code, rejectText(verdict.reject));
  }
  if (rateMax > 0n && verdict.fee * 1000n > rateMax * BigInt(tx.vsize))
    throw new RpcError(
      rpcCode.transactionError,
      'Fee exceeds maximum configured by user (e.g. -maxtxfee, maxfeerate)',
    );
  const fault = takeSendFault(chain.faults);
  if (fault !== 'drop') chain.take(tx, verdict);
  exchange.hangUp = fault === 'hang-up';
  return tx.txid;
}

/** @throws RpcError -22 */
export function decodeTx(hex: string): Tx {
  try {
    return readTxHex(hex);
  } catch (error) {
    if (error instanceof WireError)
      throw new RpcError(
        rpcCode.deserialization,
        'TX decode failed. Make sure the tx has at least one input.',
      );
    throw error;
  }
}
