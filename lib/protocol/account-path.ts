/**
 * Where on a chain the assets of one owner lie within a vault, for chains on which each owner has
 * addresses of its own. A path is a list of non-hardened BIP32 steps from the vault's public key, a
 * function of the owner's number alone, so console, parties and auditors arrive at the same address
 * without a table that somebody could change.
 */
import { clientId } from './scalars.ts';

/** `receive` is what others pay to; `change` is where the rest of an own payment goes (Bitcoin). */
export type AccountBranch = 'receive' | 'change';

const branchStep: Readonly<Record<AccountBranch, number>> = { receive: 0, change: 1 };

/** Client numbers have up to ten digits, more than one step holds. */
const LOW_DIGITS = 5;

/** The custodian's own account: no client has a number without digits. */
const houseSteps = [0, 0, 0] as const;

/**
 * Four steps: how many digits the number has, its upper part, its last five digits, the branch. The
 * count of digits keeps `C-0042` and `C-00042` apart, so no two owners share an address.
 * @param owner a client's number such as `C-20418`, or null for the custodian itself.
 * @throws when the text is no client's number: a broken invariant.
 */
export function accountPath(owner: string | null, branch: AccountBranch): number[] {
  const last = branchStep[branch];
  if (owner === null) return [...houseSteps, last];
  const digits = clientId.parse(owner).slice('C-'.length);
  const cut = Math.max(0, digits.length - LOW_DIGITS);
  return [digits.length, Number(digits.slice(0, cut) || '0'), Number(digits.slice(cut)), last];
}
