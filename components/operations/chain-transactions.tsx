import type { ChainFamily } from '#lib/chains/chain-facts.ts';
import type { TransactionView } from '#lib/operations/view-transaction.ts';
import { CopiedHash } from '../ui/copied-hash.tsx';
import { DescriptionList, Footing, type Description } from '../ui/description-list.tsx';
import { Notice } from '../ui/notice.tsx';
import { SectionHeading } from '../ui/page-header.tsx';
import { Panel } from '../ui/panel.tsx';
import { Time } from '../ui/time.tsx';
import { contentFacts } from './transaction-facts.tsx';

const phaseWords: Readonly<Record<string, string>> = {
  built: 'Built, not signed yet',
  releasing: 'With the parties; one may have handed out its part',
  signed: 'Signed, not sent yet',
  broadcast: 'Sent, waiting to be final',
  confirmed: 'Final',
  failed: 'Will never run',
};

/** Why no two transactions of one operation can both take effect. */
const tieWords: Readonly<Record<ChainFamily, string>> = {
  solana:
    'Nonce account, its value and the fee account. With the intent they fix every byte, so this operation has one transaction, and the chain runs it once.',
  bitcoin:
    'The first coin that it spends. Whatever takes its place spends that coin too, and the chain lets it be spent once.',
  ethereum:
    'The account and its number. Whatever takes its place has the same number, and the chain runs one transaction for each.',
};

/** What an operation put on its chain, in the order in which it was made, as the console itself reads it. */
export function ChainTransactions({ transactions }: { transactions: readonly TransactionView[] }) {
  if (transactions.length === 0) return null;
  const many = transactions.length > 1;
  return (
    <section>
      <SectionHeading>On the chain</SectionHeading>
      <p className="prose-line mb-2 text-text-quiet">
        Read by the console’s decoder from the bytes that the parties sign. Each party reads them
        for itself.{many && ' Of several at most one takes effect.'}
      </p>
      <div className="space-y-4">
        {transactions.map((transaction) => (
          <ChainTransaction key={transaction.id} transaction={transaction} many={many} />
        ))}
      </div>
    </section>
  );
}

function ChainTransaction({ transaction, many }: { transaction: TransactionView; many: boolean }) {
  const { txid, phase, ranIn, error, conflictKey, contents, fault, family } = transaction;
  const { place, replaces, feePaid } = transaction;
  const when = (term: string, at: string | null): Description[] =>
    at === null ? [] : [{ term, detail: <Time instant={at} /> }];
  return (
    <Panel label={many ? `Chain transaction ${place}` : 'Chain transaction'}>
      <div className="px-4 py-3">
        {fault !== null && (
          <div className="mb-3">
            <Fault fault={fault} isRead={contents !== null} />
          </div>
        )}
        <DescriptionList
          look="compact"
          items={[
            ...(many
              ? [
                  {
                    term: 'Place',
                    detail:
                      replaces === null
                        ? `Transaction ${place}`
                        : `Transaction ${place}, takes the place of ${replaces}`,
                  },
                ]
              : []),
            { term: 'State', detail: phaseWords[phase] ?? phase },
            ...(error === null ? [] : [{ term: 'Why', detail: error }]),
            ...(txid === null
              ? []
              : [
                  {
                    term: 'Transaction',
                    detail: <CopiedHash value={txid} what="the transaction id" />,
                  },
                ]),
            ...(contents === null ? [] : contentFacts(contents, feePaid)),
            ...(ranIn === null
              ? []
              : [{ term: 'Lies in', detail: <span className="tabular-nums">{ranIn}</span> }]),
            ...when('Built', transaction.createdAt),
            ...when('Signed', transaction.signedAt),
            ...when('Sent', transaction.broadcastAt),
            ...when('Final', transaction.confirmedAt),
            {
              term: 'Tied to',
              detail: (
                <>
                  <span className="figures-mono break-all">{conflictKey}</span>
                  <Footing>{tieWords[family]}</Footing>
                </>
              ),
            },
          ]}
        />
      </div>
    </Panel>
  );
}

/** The parties refuse such bytes too; a person has to know why, and that somebody changed a record. */
function Fault({ fault, isRead }: { fault: string; isRead: boolean }) {
  return (
    <Notice
      tone="danger"
      title={
        isRead
          ? 'These bytes do something else than the intent.'
          : 'The console’s decoder does not understand these bytes.'
      }
    >
      The parties sign nothing of the kind. Report it at once, with the code{' '}
      <span className="figures-mono">{fault}</span>.
    </Notice>
  );
}
