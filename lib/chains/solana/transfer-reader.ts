/** Reads out of a transaction what one address received, from whom, and with which memo. */
import { base58 } from '@scure/base';
import type { TransactionAnswer } from './rpc-answers.ts';
import { SolanaRpcError } from './rpc-error.ts';

export type IncomingTransfer = {
  transactionId: string;
  slot: bigint;
  /** Net gain of the address in this transaction, more than zero. */
  lamports: bigint;
  /** Source of the first system transfer to the address; the fee payer when there is none. */
  from: string;
  /** First memo when it is printable ASCII of at most 256 characters. Anyone can write anything here. */
  memo: string | null;
};

type Executed = NonNullable<TransactionAnswer>;

const SYSTEM_PROGRAM = '11111111111111111111111111111111';
const memoPrograms = [
  'MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr',
  'Memo1UhkJRfHyvLMcVucJwxXeuD728EqVDDwQDxFMNo',
];
/** System transfer instructions: number → place of the recipient among the accounts. */
const recipientPlace: Readonly<Record<number, number>> = { 2: 1, 11: 2 };

/**
 * @returns null when the transaction failed or the address gained nothing.
 * @throws SolanaRpcError when balances and accounts don't fit together.
 */
export function readTransfer(
  executed: Executed,
  account: string,
  entry: { signature: string; slot: bigint },
): IncomingTransfer | null {
  const { meta, transaction } = executed;
  if (meta.err !== null) return null;
  const keys = [
    ...transaction.message.accountKeys,
    ...(meta.loadedAddresses?.writable ?? []),
    ...(meta.loadedAddresses?.readonly ?? []),
  ];
  const index = keys.indexOf(account);
  const before = meta.preBalances[index];
  const after = meta.postBalances[index];
  if (keys.length !== meta.preBalances.length || before === undefined || after === undefined)
    throw new SolanaRpcError('rpc-bad-answer', 'getTransaction', 'balances and accounts disagree');
  if (after <= before) return null;
  return {
    transactionId: entry.signature,
    slot: entry.slot,
    lamports: after - before,
    from: findSource(executed, keys, account) ?? keys[0] ?? account,
    memo: findMemo(executed, keys),
  };
}

function findSource(executed: Executed, keys: readonly string[], account: string): string | null {
  for (const { programIdIndex, accounts, data } of executed.transaction.message.instructions) {
    if (keys[programIdIndex] !== SYSTEM_PROGRAM) continue;
    const recipient = recipientPlace[instructionNumber(data)];
    const source = accounts[0];
    if (recipient === undefined || source === undefined) continue;
    if (keys[accounts[recipient] ?? -1] === account) return keys[source] ?? null;
  }
  return null;
}

function findMemo(executed: Executed, keys: readonly string[]): string | null {
  for (const { programIdIndex, data } of executed.transaction.message.instructions) {
    if (!memoPrograms.includes(keys[programIdIndex] ?? '')) continue;
    const text = Buffer.from(readData(data)).toString('latin1');
    return /^[\x20-\x7e]{1,256}$/.test(text) ? text : null;
  }
  return null;
}

function instructionNumber(data: string): number {
  const bytes = readData(data);
  return bytes.length < 4 ? -1 : new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0, true);
}

function readData(text: string): Uint8Array {
  // A packet bounds instruction data; anything longer would only cost decoding time.
  if (text.length > 1_800) return new Uint8Array();
  try {
    return base58.decode(text);
  } catch {
    return new Uint8Array();
  }
}
