/** RPC methods that run transactions, for good or dry. */
import { z } from 'zod';
import type { Chain } from './chain.ts';
import { takeFault } from './faults.ts';
import { faucetTransfer } from './faucet.ts';
import { withContext, type Exchange, type Method } from './method.ts';
import { invalidParams, RpcError, rpcCode } from './rpc-error.ts';
import { commitment, options, readParams, solanaAddress, u64, whole } from './rpc-params.ts';
import type { DryRun } from './runtime.ts';
import { nodeErrorText } from './transaction-error.ts';
import { decodeWire, readTransaction, type IncomingTransaction } from './wire.ts';

/** Transactions that can wait for a later slot at once. */
const WAITING_MAX = 1000;

const encoding = z.enum(['base58', 'base64']).default('base58');

const sendOptions = options({
  encoding,
  skipPreflight: z.boolean().default(false),
  preflightCommitment: commitment,
  maxRetries: whole(0, 1_000_000).optional(),
});

const simulateOptions = options({
  encoding,
  commitment,
  sigVerify: z.boolean().default(false),
  replaceRecentBlockhash: z.boolean().default(false),
});

export const sendMethods: Readonly<Record<string, Method>> = {
  sendTransaction: (chain, params, exchange) => {
    const [text, asked] = readParams(z.tuple([z.string(), sendOptions.optional()]), params);
    const incoming = decodeWire(text, asked?.encoding ?? 'base58');
    if (!asked?.skipPreflight) preflight(chain, incoming);
    submit(chain, incoming, exchange);
    return incoming.id;
  },
  simulateTransaction: (chain, params) => {
    const [text, asked] = readParams(z.tuple([z.string(), simulateOptions.optional()]), params);
    const { sigVerify = false, replaceRecentBlockhash = false } = asked ?? {};
    if (sigVerify && replaceRecentBlockhash)
      throw invalidParams('sigVerify may not be used with replaceRecentBlockhash');
    const incoming = decodeWire(text, asked?.encoding ?? 'base58');
    const run = chain.runtime.simulate(incoming, {
      checkSignatures: sigVerify,
      checkBlockhash: !replaceRecentBlockhash,
    });
    return withContext(chain.slot(), showDryRun(run));
  },
  requestAirdrop: (chain, params) => {
    const [to, lamports] = readParams(
      z.tuple([solanaAddress, u64, options({ commitment }).optional()]),
      params,
    );
    const incoming = readTransaction(faucetTransfer(chain, { to, lamports, memo: null }));
    preflight(chain, incoming);
    chain.run(incoming);
    return incoming.id;
  },
};

/** A node's dry run before it takes a transaction. @throws RpcError -32002 or -32003 */
export function preflight(chain: Chain, incoming: IncomingTransaction): void {
  const run = chain.runtime.simulate(incoming, { checkSignatures: true, checkBlockhash: true });
  const { error } = run;
  if (error === 'SignatureFailure')
    throw new RpcError(rpcCode.badSignature, 'Transaction signature verification failure');
  // Age comes before history, as on a real node: a used nonce shows as a blockhash not found.
  const repeated = error !== 'BlockhashNotFound' && chain.history.hasRun(incoming);
  const failure = repeated ? { ...run, error: 'AlreadyProcessed', logs: [] } : run;
  if (failure.error === null) return;
  throw new RpcError(
    rpcCode.preflightFailure,
    `Transaction simulation failed: ${nodeErrorText(failure.error)}`,
    showDryRun(failure),
  );
}

function submit(chain: Chain, incoming: IncomingTransaction, exchange: Exchange): void {
  const fault = takeFault(chain.faults);
  if (fault.kind === 'drop') return;
  if (fault.kind === 'delay') {
    if (chain.waitingCount >= WAITING_MAX)
      throw new RpcError(rpcCode.internal, 'Too many delayed transactions are waiting');
    chain.runLater(incoming, fault.slots);
    return;
  }
  chain.run(incoming);
  exchange.hangUp = fault.kind === 'hang-up';
}

function showDryRun(run: DryRun): unknown {
  return {
    err: run.error,
    logs: run.logs,
    accounts: null,
    innerInstructions: null,
    replacementBlockhash: null,
    returnData: null,
    unitsConsumed: run.units,
  };
}
