/** RPC methods that read executed transactions. */
import { z } from 'zod';
import { base58 } from '@scure/base';
import { BLOCKHASH_AGE_MAX } from './blockhashes.ts';
import type { Chain } from './chain.ts';
import type { HistoryEntry } from './history.ts';
import type { ExecutedLine } from './log-lines.ts';
import { withContext, type Method } from './method.ts';
import { invalidParams, RpcError, rpcCode } from './rpc-error.ts';
import {
  commitment,
  options,
  readParams,
  transactionIdText,
  solanaAddress,
  whole,
} from './rpc-params.ts';
import { readTransaction } from './wire.ts';

const STATUSES_MAX = 256;
const LIST_MAX = 1000;

const listOptions = options({
  commitment,
  limit: whole(1, LIST_MAX).default(LIST_MAX),
  before: transactionIdText.optional(),
  until: transactionIdText.optional(),
});

const transactionOptions = options({
  commitment,
  encoding: z.enum(['json', 'base58', 'base64']).default('json'),
  maxSupportedTransactionVersion: whole(0, 255).optional(),
});

export const historyMethods: Readonly<Record<string, Method>> = {
  getSignatureStatuses: (chain, params) => {
    const [ids, asked] = readParams(
      z.tuple([
        z
          .array(transactionIdText)
          .max(STATUSES_MAX, `Too many inputs provided; max ${STATUSES_MAX}`),
        options({ searchTransactionHistory: z.boolean().default(false) }).optional(),
      ]),
      params,
    );
    const everything = asked?.searchTransactionHistory ?? false;
    return withContext(
      chain.slot(),
      ids.map((id) => showStatus(chain, chain.history.find(id), everything)),
    );
  },
  getSignaturesForAddress: (chain, params) => {
    const [address, asked] = readParams(z.tuple([solanaAddress, listOptions.optional()]), params);
    const level = settled(asked?.commitment);
    const entries = chain.history.list(address, {
      slot: chain.slot(level),
      limit: asked?.limit ?? LIST_MAX,
      ...(asked?.before === undefined ? {} : { before: asked.before }),
      ...(asked?.until === undefined ? {} : { until: asked.until }),
    });
    return entries.map((entry) => ({
      signature: entry.id,
      slot: entry.slot,
      err: entry.error,
      memo: entry.memo,
      blockTime: entry.time,
      confirmationStatus: chain.commitmentOf(entry.slot),
    }));
  },
  getTransaction: (chain, params) => {
    const [id, asked] = readParams(
      z.tuple([transactionIdText, transactionOptions.optional()]),
      params,
    );
    const entry = chain.history.find(id);
    if (!entry || entry.slot > chain.slot(settled(asked?.commitment))) return null;
    return showTransaction(
      chain.executed(entry.position),
      asked?.encoding ?? 'json',
      asked?.maxSupportedTransactionVersion,
    );
  },
};

function settled(
  level: 'processed' | 'confirmed' | 'finalized' | undefined,
): 'confirmed' | 'finalized' {
  if (level === 'processed')
    throw invalidParams('Method does not support commitment below `confirmed`');
  return level ?? 'finalized';
}

function showStatus(chain: Chain, entry: HistoryEntry | null, everything: boolean): unknown {
  if (!entry) return null;
  const age = chain.slot() - entry.slot;
  // Without a search of the archive a node looks only into its cache of recent statuses.
  if (!everything && age > BLOCKHASH_AGE_MAX) return null;
  const confirmationStatus = chain.commitmentOf(entry.slot);
  return {
    slot: entry.slot,
    confirmations: confirmationStatus === 'finalized' ? null : age,
    err: entry.error,
    status: entry.error === null ? { Ok: null } : { Err: entry.error },
    confirmationStatus,
  };
}

function showTransaction(
  line: ExecutedLine,
  encoding: 'json' | 'base58' | 'base64',
  version: number | undefined,
): unknown {
  const wire = new Uint8Array(Buffer.from(line.wire, 'base64'));
  const { message, transaction } = readTransaction(wire);
  if (message.version !== 'legacy' && version === undefined)
    throw new RpcError(
      rpcCode.unsupportedVersion,
      `Transaction version (${message.version}) is not supported by the requesting client. Please try the request again with the following configuration parameter: "maxSupportedTransactionVersion": ${message.version}`,
    );
  const signatures = Object.values(transaction.signatures).map((signature) =>
    base58.encode(Uint8Array.from(signature ?? [])),
  );
  const shown = {
    json: () => ({ signatures, message: showMessage(message) }),
    base58: () => [base58.encode(wire), 'base58'],
    base64: () => [line.wire, 'base64'],
  };
  return {
    slot: line.slot,
    blockTime: line.time,
    ...(version === undefined ? {} : { version: message.version }),
    meta: {
      err: line.error,
      status: line.error === null ? { Ok: null } : { Err: line.error },
      fee: line.fee,
      preBalances: line.before,
      postBalances: line.after,
      innerInstructions: [],
      logMessages: line.logs,
      preTokenBalances: [],
      postTokenBalances: [],
      rewards: [],
      loadedAddresses: { readonly: [], writable: [] },
      computeUnitsConsumed: line.units,
    },
    transaction: shown[encoding](),
  };
}

function showMessage(message: ReturnType<typeof readTransaction>['message']): unknown {
  return {
    header: {
      numRequiredSignatures: message.header.numSignerAccounts,
      numReadonlySignedAccounts: message.header.numReadonlySignerAccounts,
      numReadonlyUnsignedAccounts: message.header.numReadonlyNonSignerAccounts,
    },
    accountKeys: message.staticAccounts,
    recentBlockhash: message.lifetimeToken,
    instructions: message.instructions.map((instruction) => ({
      programIdIndex: instruction.programAddressIndex,
      accounts: instruction.accountIndices ?? [],
      data: base58.encode(Uint8Array.from(instruction.data ?? [])),
      stackHeight: 1,
    })),
  };
}
