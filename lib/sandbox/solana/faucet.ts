/** Sandbox money: ordinary transfers from an account that was rich from the start. */
import { randomUUID } from 'node:crypto';
import { MEMO_PROGRAM, SYSTEM_PROGRAM, writeMessage } from '#lib/chains/solana/message-writer.ts';
import { assembleTransaction } from '#lib/chains/solana/transaction.ts';
import type { Chain } from './chain.ts';
import { invalidParams } from './rpc-error.ts';

export type FaucetTransfer = { to: string; lamports: bigint; memo: string | null };

/** @returns a signed transaction, ready to run. @throws RpcError -32602 */
export function faucetTransfer(chain: Chain, { to, lamports, memo }: FaucetTransfer): Uint8Array {
  const from = chain.faucet.address;
  if ([from, SYSTEM_PROGRAM, MEMO_PROGRAM].includes(to))
    throw invalidParams('The faucet pays other accounts only');
  if (lamports === 0n) throw invalidParams('The faucet pays 1 lamport or more');
  const amount = new Uint8Array(12);
  const view = new DataView(amount.buffer);
  view.setUint32(0, 2, true);
  view.setBigUint64(4, lamports, true);
  // Two payments of the same amount in one slot would be the same transaction without a memo of their own.
  const note = memo ?? `sandbox ${randomUUID()}`;
  const message = writeMessage({
    writableSigners: [from],
    writable: [to],
    readonly: [SYSTEM_PROGRAM, MEMO_PROGRAM],
    anchor: chain.blockhashes.at(chain.slot()),
    instructions: [
      { program: SYSTEM_PROGRAM, accounts: [from, to], data: amount },
      { program: MEMO_PROGRAM, accounts: [], data: new TextEncoder().encode(note) },
    ],
  });
  return assembleTransaction(message, { [from]: chain.faucet.sign(message) });
}
