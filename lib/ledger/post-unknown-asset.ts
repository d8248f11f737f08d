import type { Result } from '#lib/platform/result.ts';
import { suspenseAccount, vaultAccount } from './accounts.ts';
import { postJournal, type Posted, type PostRefusal, type Statements } from './post-journal.ts';

export type UnknownArrival = {
  chain: string;
  vault: string;
  /** The asset's code in the books. */
  asset: string;
  /** By how much more the vault holds than the books say, smallest unit; less than zero for less. Never zero. */
  change: bigint;
  /** Final slot at which it was read. */
  slot: bigint;
  at: Date;
};

/** What is not known stands in suspense by the vault it lies in, until a correction says whose it is. */
export const unknownAssetAccount = (vault: string, asset: string): string =>
  suspenseAccount(asset, vault);

/** Books what a vault holds of an asset outside the registry. Once per vault, asset and slot. */
export async function postUnknownAsset(
  tx: Statements,
  { chain, vault, asset, change, slot, at }: UnknownArrival,
): Promise<Result<Posted, PostRefusal>> {
  return postJournal(tx, {
    key: `deposit:${chain}:${asset}:${vault}:${slot}`,
    kind: 'deposit',
    operation: null,
    usesHold: false,
    lines: [
      { account: vaultAccount(vault, asset), amount: change },
      { account: unknownAssetAccount(vault, asset), amount: -change },
    ],
    corrects: null,
    at,
  });
}
