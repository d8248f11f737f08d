/** RPC methods about the cluster as a whole. */
import { z } from 'zod';
import { BLOCKHASH_AGE_MAX } from './blockhashes.ts';
import { withContext, type Method } from './method.ts';
import { invalidParams } from './rpc-error.ts';
import { commitment, options, readParams, solanaAddress, u64 } from './rpc-params.ts';
import { readMessage } from './wire.ts';

const LAMPORTS_PER_SIGNATURE = 5_000;
const SLOTS_PER_EPOCH = 432_000;
/** Largest account there can be. */
const ACCOUNT_BYTES_MAX = 10n * 1024n * 1024n;

const slotOptions = z.tuple([options({ commitment })]).or(z.tuple([]));

function slotAsked(
  params: readonly unknown[],
  lag: (level: 'processed' | 'confirmed' | 'finalized') => number,
): number {
  const [asked] = readParams(slotOptions, params);
  return lag(asked?.commitment ?? 'finalized');
}

export const clusterMethods: Readonly<Record<string, Method>> = {
  getHealth: () => 'ok',
  getVersion: () => ({ 'solana-core': '0.0.0-countersign-sandbox', 'feature-set': 0 }),
  getGenesisHash: (chain) => chain.blockhashes.genesisHash,
  getSlot: (chain, params) => slotAsked(params, (level) => chain.slot(level)),
  // The sandbox skips no slot, so heights and slots are the same.
  getBlockHeight: (chain, params) => slotAsked(params, (level) => chain.slot(level)),
  getEpochInfo: (chain, params) => {
    const slot = slotAsked(params, (level) => chain.slot(level));
    return {
      absoluteSlot: slot,
      blockHeight: slot,
      epoch: Math.floor(slot / SLOTS_PER_EPOCH),
      slotIndex: slot % SLOTS_PER_EPOCH,
      slotsInEpoch: SLOTS_PER_EPOCH,
      transactionCount: chain.history.size,
    };
  },
  getLatestBlockhash: (chain, params) => {
    const slot = slotAsked(params, (level) => chain.slot(level));
    return withContext(slot, {
      blockhash: chain.blockhashes.at(slot),
      lastValidBlockHeight: slot + BLOCKHASH_AGE_MAX,
    });
  },
  isBlockhashValid: (chain, params) => {
    const [blockhash, asked] = readParams(
      z.tuple([solanaAddress, options({ commitment }).optional()]),
      params,
    );
    const slot = chain.slot(asked?.commitment ?? 'finalized');
    const made = chain.blockhashes.slotOf(blockhash, chain.slot());
    return withContext(slot, made !== null && made <= slot);
  },
  getMinimumBalanceForRentExemption: (chain, params) => {
    const [bytes] = readParams(z.tuple([u64, options({ commitment }).optional()]), params);
    if (bytes > ACCOUNT_BYTES_MAX) throw invalidParams('Invalid params: no account is that large');
    return chain.runtime.rentExemptMinimum(bytes);
  },
  getFeeForMessage: (chain, params) => {
    const [text, asked] = readParams(
      z.tuple([z.base64().max(1644), options({ commitment }).optional()]),
      params,
    );
    const message = readMessage(new Uint8Array(Buffer.from(text, 'base64')));
    const slot = chain.slot(asked?.commitment ?? 'finalized');
    const known = chain.blockhashes.slotOf(message.lifetimeToken, chain.slot()) !== null;
    return withContext(
      slot,
      known ? message.header.numSignerAccounts * LAMPORTS_PER_SIGNATURE : null,
    );
  },
};
