/**
 * Inputs of a run over an asset that the registry does not know. Books and chain agree on how much there is,
 * since it is booked as it is found; what differs is that the books cannot say whose it is. So the ledger's
 * side is what was taken out of suspense, and everything else is told as one item that names the token.
 */
import { unknownAssetAccount } from '#lib/ledger/post-unknown-asset.ts';
import { vaultAccount } from '#lib/ledger/accounts.ts';
import { balancesAtClose } from '#lib/ledger/chart/balances-at-close.ts';
import type { Close } from '#lib/ledger/close-books.ts';
import type { Database } from '#lib/platform/db/client.ts';
import type { Item, Side } from '../matching/item.ts';
import type { Place } from '../place.ts';
import type { OutsideReading } from '../sources/outside-source.ts';

export async function sidesOfUnknown(
  db: Database,
  { place, asset }: Place,
  reading: OutsideReading,
  close: Close,
): Promise<{ ledger: Side; outside: Side }> {
  const accounts = [vaultAccount(place, asset), unknownAssetAccount(place, asset)];
  const balances = await balancesAtClose(db, accounts, close);
  // A debit in the vault less a credit in suspense: what somebody has said whose it is.
  const attributed = accounts.reduce((sum, account) => sum + (balances.get(account) ?? 0n), 0n);
  const items = reading.items.flatMap((item): Item[] => {
    const rest = BigInt(item.amount) - attributed;
    return rest === 0n ? [] : [{ ...item, amount: rest.toString() }];
  });
  return {
    ledger: {
      source: 'ledger',
      position: close.lastJournal.toString(),
      balance: attributed.toString(),
      items: [],
      parts: [],
    },
    outside: {
      source: reading.source,
      position: reading.position,
      balance: reading.balance.toString(),
      items,
      parts: [],
    },
  };
}
