/** The account that an operation takes from, and who bears its network fee. */
import type { PlainTransaction } from './bundle.ts';
import type { DecideInput } from './decide-input.ts';
import type { MovingIntent } from './intent.ts';
import { ownerOf } from './owner-of.ts';
import type { PartyRefusal } from './refusals.ts';

type Held = DecideInput['party'];

export type SourceAccount = {
  address: string;
  /** A client, or null for the custodian. Undefined where the vault has one address for all. */
  owner: string | null | undefined;
};

/** Where the account lies, if the chain of this vault has one for each owner. */
export const accountIn = ({ accounts = [] }: Held, vault: string): string | null =>
  accounts.find((entry) => entry.vault === vault)?.address ?? null;

/** @param vault the source, as the party holds it. */
export function sourceOf(
  intent: MovingIntent,
  vault: Held['vaults'][number],
  party: Held,
): SourceAccount | PartyRefusal {
  const account = accountIn(party, vault.id);
  if (intent.kind === 'vault-transfer') {
    // Naming nobody is not the same as naming the custodian.
    const isNamed = intent.owner !== undefined;
    if (account !== null && !isNamed) return 'transfer-owner-missing';
    if (account === null && isNamed) return 'transfer-owner-unexpected';
  }
  return account === null
    ? { address: vault.address, owner: undefined }
    : { address: account, owner: ownerOf(intent) };
}

/**
 * One client's assets never pay for another's transfer: either the account of the one whom the intent
 * names pays, or an account that is nobody's vault.
 */
export function findFeeRefusal(
  { feeBearer = 'custodian' }: MovingIntent,
  source: SourceAccount,
  { feePayer }: PlainTransaction,
  party: Held,
): PartyRefusal | null {
  if (feeBearer !== 'custodian') {
    if (feeBearer !== source.owner) return 'fee-bearer-differs';
    return feePayer === source.address ? null : 'transaction-fee-payer-differs';
  }
  if (source.owner === null && feePayer === source.address) return null;
  const own = [
    source.address,
    ...party.vaults.map(({ address }) => address),
    ...(party.accounts ?? []).map(({ address }) => address),
  ];
  return own.includes(feePayer) ? 'transaction-fee-from-vault' : null;
}
