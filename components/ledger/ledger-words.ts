/** The ledger's kinds and names in plain words. */
import { isUnknownAsset } from '#lib/chains/unknown-asset.ts';
import type { AccountKind } from '#lib/ledger/accounts.ts';
import type { NewJournal } from '#lib/ledger/post-journal.ts';

const journalKinds: Readonly<Record<NewJournal['kind'], string>> = {
  deposit: 'Deposit',
  'deposit-reversal': 'Deposit undone by the chain',
  withdrawal: 'Withdrawal',
  'network-fee': 'Network fee',
  'vault-transfer': 'Transfer between vaults',
  // They come in and go out by the same kind; the lines say which.
  'own-funds': 'Own funds moved',
  'nonce-accounts': 'Nonce account funded',
  correction: 'Correction',
  'bank-entry': 'Bank entry',
};

type KindWords = {
  name: string;
  /** What its balance means, in front of the figure. */
  balance: string;
  /** Which side adds to it, in plain words. */
  side: string;
};

const accountKinds: Readonly<Record<AccountKind, KindWords>> = {
  client: {
    name: 'Client',
    balance: 'Owed to the client',
    side: 'Credits add: it is what is owed to the client. Debits take away.',
  },
  vault: {
    name: 'Vault',
    balance: 'In the vault',
    side: 'Debits add: it is what lies in the vault for clients. Credits take away.',
  },
  bank: {
    name: 'Bank',
    balance: 'At the bank for clients',
    side: 'Debits add: it is clients’ money at a credit institution. Credits take away.',
  },
  'in-transit': {
    name: 'In transit',
    balance: 'On its way',
    side: 'Debits add: it has left one place and not arrived at the other. Credits take away.',
  },
  suspense: {
    name: 'Suspense',
    balance: 'Waiting to be attributed',
    side: 'Credits add: it arrived and is owed to somebody. Debits take away once it is known to whom.',
  },
  missing: {
    name: 'Missing',
    balance: 'Missing until it is made good or explained',
    side: 'Debits add: it went out and lowered nothing that is owed, because nobody knows why yet, or because a chain undid a deposit that was spent. Credits take away once our own money makes it good, it comes again, or it is known whose it was.',
  },
  'own-asset': {
    name: 'Own asset',
    balance: 'The custodian’s own',
    side: 'Debits add: it is what the custodian owns. Credits take away.',
  },
  'own-income': {
    name: 'Own income',
    balance: 'Earned so far',
    side: 'Credits add: it is what the custodian has earned. Debits take back.',
  },
  'own-expense': {
    name: 'Own expense',
    balance: 'Spent so far',
    side: 'Debits add: it is what the custodian has spent. Credits take back.',
  },
  'own-equity': {
    name: 'Own equity',
    balance: 'Put in so far',
    side: 'Credits add: it is where the custodian’s own coins came from. Debits take away.',
  },
};

/** Accounts that are named after their purpose rather than after an owner. */
const accountNames: ReadonlyMap<string, string> = new Map([
  ['suspense/deposits', 'Deposits nobody has claimed'],
  ['suspense/bank', 'Bank entries not attributed'],
  ['missing/bank', 'Bank entries that went out unexplained'],
  ['missing/deposits', 'Undone deposits of nobody'],
  ['own-asset/fee-payer', 'Coins that pay network fees'],
  ['own-asset/nonce-accounts', 'Coins that nonce accounts hold'],
  ['own-income/fees', 'Fees earned'],
  ['own-expense/network-fees', 'Network fees paid'],
  ['own-equity/own-funds', 'Own funds'],
]);

const journalWords: ReadonlyMap<string, string> = new Map(Object.entries(journalKinds));
const kindWords: ReadonlyMap<string, KindWords> = new Map(Object.entries(accountKinds));

/** "Network fee"; a kind it does not know stands for itself. */
export const journalKind = (kind: string): string => journalWords.get(kind) ?? kind;

/**
 * What a movement on an account's page was: the first two lines of what an operation moved are its amount, the others
 * its network fee.
 */
export const movementWords = (kind: string, line: number): string =>
  line > 2 && (kind === 'withdrawal' || kind === 'vault-transfer')
    ? `${journalKind(kind)}: network fee`
    : journalKind(kind);

export const accountKind = (kind: string): KindWords =>
  kindWords.get(kind) ?? { name: kind, balance: 'Balance', side: 'Its kind is not known here.' };

/**
 * What people call an account: a client's number, a vault's name, or the purpose.
 * @param account its name in the ledger, `kind/name/ASSET`.
 * @param vaultName what people call the vault, where it is one.
 */
export function accountName(account: string, vaultName: string | null = null): string {
  const [kind = '', name = '', asset = ''] = account.split('/');
  if (kind === 'suspense' && isUnknownAsset(asset)) return `Not known, in vault ${name}`;
  if (kind === 'missing' && /^C-\d+$/.test(name)) return `Owed back by client ${name}`;
  if (kind === 'own-asset' && name.startsWith('vault-'))
    return `Own coins in vault ${name.slice('vault-'.length)}`;
  return vaultName ?? accountNames.get(`${kind}/${name}`) ?? name;
}

/** The same with its kind in front, where the kind does not stand beside it: "Client C-20418". */
export function fullAccountName(account: string, vaultName: string | null = null): string {
  const [kind = ''] = account.split('/');
  const name = accountName(account, vaultName);
  return kind === 'client' || kind === 'vault' || kind === 'bank'
    ? `${accountKind(kind).name} ${name}`
    : name;
}

/** Where an account's page is: an account's name is its path. */
export const accountPath = (account: string): string => `/ledger/${account}`;
