/** Memos as a node lists them beside an id. */
import type { IncomingTransaction } from './wire.ts';

const memoPrograms = [
  'MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr',
  'Memo1UhkJRfHyvLMcVucJwxXeuD728EqVDDwQDxFMNo',
];

/** Such as `[5] hello`; several are joined by `; `. */
export function memoOf({ message }: IncomingTransaction): string | null {
  const memos = message.instructions
    .filter((instruction) =>
      memoPrograms.includes(message.staticAccounts[instruction.programAddressIndex] ?? ''),
    )
    .map((instruction) => {
      const bytes = Buffer.from(Uint8Array.from(instruction.data ?? []));
      return `[${bytes.length}] ${bytes.toString('utf8')}`;
    });
  return memos.length === 0 ? null : memos.join('; ');
}
