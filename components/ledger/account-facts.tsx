import type { LedgerAccountView } from '#lib/operations/view-ledger-account.ts';
import { isUnknownAsset } from '#lib/chains/unknown-asset.ts';
import { countOf } from '../operations/counts.ts';
import { DescriptionList } from '../ui/description-list.tsx';
import { Code } from '../ui/grouped.tsx';
import { Notice } from '../ui/notice.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { AmountFigures } from './amount-figures.tsx';
import { isBelowZero } from './ledger-amount.tsx';
import { accountKind } from './ledger-words.ts';

/** Balance in figures, which side adds to it, and where its owner is looked after. */
export function AccountFacts({ view }: { view: LedgerAccountView }) {
  const { account, kind, asset, balance, held, available } = view;
  const words = accountKind(kind);
  const [, owner = ''] = account.split('/');
  return (
    <>
      <AmountFigures
        figures={[
          { label: words.balance, value: balance, asset },
          ...(held === null || available === null
            ? []
            : [
                { label: 'Set aside', value: held, asset, note: 'for open withdrawals' },
                { label: 'Available', value: available, asset, note: 'owed less set aside' },
              ]),
        ]}
      />
      {isBelowZero(balance) && (
        <div className="mt-4">
          <Notice tone="caution" title="This account is below zero.">
            {belowZero(kind)}
          </Notice>
        </div>
      )}
      <div className="mt-4">
        <DescriptionList
          look="compact"
          items={[
            { term: 'How to read it', detail: words.side },
            { term: 'In the ledger', detail: <Code>{account}</Code> },
            ...(kind === 'client'
              ? [
                  {
                    term: 'Client',
                    detail: (
                      <TextLink href={`/destinations?client=${owner}`}>
                        Listed addresses of {owner}
                      </TextLink>
                    ),
                  },
                ]
              : []),
            ...(kind === 'vault'
              ? [
                  {
                    term: 'Vault',
                    detail: <TextLink href={`/vaults#${owner}`}>Its key and address</TextLink>,
                  },
                ]
              : []),
          ]}
        />
      </div>
    </>
  );
}

/** Why an account can be below zero, and what to do about it. A client's never is. */
function belowZero(kind: string): string {
  if (kind === 'own-asset')
    return 'Fees were paid out of coins of the custodian’s own that have yet to be booked as put in. Clients are not touched by it.';
  if (kind === 'vault')
    return 'More left the vault than the books ever saw arrive. Compare its address on the chain with these movements before anything else leaves it.';
  return 'More was taken out than the books ever saw put in. Find the movement that is missing.';
}

/** How the account stands, in one sentence. */
export function accountState(view: LedgerAccountView): string {
  const { kind, asset, held, holds, hasMoreHolds } = view;
  if (isUnknownAsset(asset))
    return `${asset} stands for a token that is not known here. Amounts are in its smallest unit; its break under Reconciliation names the token.`;
  switch (kind) {
    case 'client': {
      if (holds.length === 0) return 'What this client is owed. Nothing of it is set aside.';
      const withdrawals = hasMoreHolds
        ? `more than ${holds.length} open withdrawals`
        : countOf(holds.length, 'open withdrawal');
      return `What this client is owed. ${held} ${asset} of it is set aside for ${withdrawals}.`;
    }
    case 'vault':
      return 'What lies in this vault for clients, by the books.';
    case 'suspense':
      return 'What arrived without naming a client that is known here. It is owed to somebody, and a person has to find out to whom.';
    case 'missing':
      return 'What went out and nobody knows why yet. It is owed to nobody and held for nobody, so clients’ money is short by it until our own money makes it good, or it is known whose it was.';
    case 'own-asset':
      return 'Coins of the custodian’s own. No client’s coin ever pays a network fee.';
    case 'own-expense':
      return 'What networks took for transactions. The custodian bears it, not the clients.';
    case 'own-equity':
      return 'Where the custodian’s own coins came from.';
    default:
      return 'An account of the ledger.';
  }
}
