/**
 * The name of what a transfer is tied to. Together with the intent it fixes every byte of the
 * message, so one operation has one message: nobody can tell from a message alone that its anchor
 * is a nonce value (a validator takes a recent blockhash as well), and only the same bytes are
 * certain to run once.
 */

export type TransferTie = { nonceAccount: string; anchor: string; feePayer: string };

export const conflictKeyOf = ({ nonceAccount, anchor, feePayer }: TransferTie): string =>
  `solana:nonce:${nonceAccount}:${anchor}:${feePayer}`;

/**
 * The nonce in a conflict key; also in one from before keys named the fee payer.
 * @throws when the text is no conflict key.
 */
export function nonceOfConflictKey(key: string): { account: string; value: string } {
  const [chain, kind, account, value] = key.split(':');
  if (chain !== 'solana' || kind !== 'nonce' || !account || !value)
    throw new Error('This is no conflict key of a Solana transfer.');
  return { account, value };
}
