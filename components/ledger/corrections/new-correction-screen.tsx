import type {
  MissingView,
  NewCorrectionView,
} from '#lib/reconciliation/corrections/view-new-correction.ts';
import { OperationAmount } from '../../operations/operation-amount.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PageHeader, SectionHeading } from '../../ui/page-header.tsx';
import { Panel, PanelRow } from '../../ui/panel.tsx';
import { TextLink } from '../../ui/text-link.tsx';
import { Time } from '../../ui/time.tsx';
import { accountPath, fullAccountName } from '../ledger-words.ts';
import { CorrectionForm } from './correction-form.tsx';
import { newCorrectionPath } from './correction-words.ts';
import { EntryRestLine } from './entry-rest.tsx';
import { CorrectedJournal } from './journal-lines.tsx';

/** The form for a correction, with what it starts from. */
export function NewCorrectionScreen({ view }: { view: NewCorrectionView }) {
  const { lines, corrects, corrected, suspense, accounts } = view;
  const answered = view.break;
  return (
    <>
      <PageHeader
        crumbs={[
          { label: 'Ledger', href: '/ledger' },
          { label: 'Corrections', href: '/ledger/corrections' },
          { label: 'Raise' },
        ]}
        title={titleOf(view)}
        state="Debits and credits of each asset must be equal. Nothing is posted until somebody else approves it."
      />
      <div className="space-y-8">
        {answered && (
          <p>
            It answers break{' '}
            <TextLink href={`/reconciliation/breaks/${answered.id}`}>{answered.number}</TextLink>:
            the outside less the books is{' '}
            <OperationAmount value={answered.amount} asset={answered.asset} />. Approving it closes
            the break.
          </p>
        )}
        {corrected && (
          <section>
            <SectionHeading>The journal that is corrected</SectionHeading>
            <CorrectedJournal journal={corrected} />
          </section>
        )}
        {view.isOfChain && (
          <Notice tone="caution" title="The chain confirmed this.">
            Reversing it makes the books differ from the chain. Enter only what was booked on the
            wrong account.
          </Notice>
        )}
        {view.missing && <Missing missing={view.missing} />}
        {suspense && <Suspense suspense={suspense} />}
        <CorrectionForm
          key={`${suspense?.entries.find(({ isChosen }) => isChosen)?.key} ${suspense?.makesGood} ${suspense?.isOwn}`}
          start={lines}
          corrects={corrects}
          breakId={answered?.id ?? null}
          accounts={accounts}
        />
      </div>
    </>
  );
}

function titleOf({ corrects, suspense, missing, break: answered }: NewCorrectionView): string {
  if (suspense?.makesGood === true) return 'Make good what is missing';
  if (suspense?.isOwn === true) return 'Say that an amount is the custodian’s own';
  if (suspense) return 'Attribute an amount to a client';
  if (answered) return `Correct the ledger for ${answered.number}`;
  if (missing) return 'Make good or explain what went out';
  return corrects === null ? 'Raise a correction' : `Correct journal ${corrects}`;
}

/** What is missing, and what may end that. */
function Missing({ missing: { account, asset, amount, payment } }: { missing: MissingView }) {
  return (
    <Notice tone="caution" title={`${amount} ${asset} went out unexplained.`}>
      It stands on <TextLink href={accountPath(account)}>{fullAccountName(account)}</TextLink>.{' '}
      {payment === null ? (
        <>
          No single payment of this amount waits in suspense. Pay it into the clients’ account from
          our own money, import the statement, and start from here again. Where the bank paid a
          client out, name that client in the debit line.
        </>
      ) : (
        <>
          <TextLink href={`/ledger/journals/${payment}`}>Journal {payment}</TextLink> brought
          exactly this in, and nobody was given anything of it. Make sure that it is our own
          payment: what is debited here is owed to nobody any more.
        </>
      )}
    </Notice>
  );
}

function Suspense({ suspense }: { suspense: NonNullable<NewCorrectionView['suspense']> }) {
  const { account, asset, balance, missing, makesGood, mayBeOwn, isOwn, entries } = suspense;
  const chosen = entries.find(({ isChosen }) => isChosen);
  return (
    <section>
      <SectionHeading>What came in</SectionHeading>
      <p className="mb-2 text-text-quiet">
        <TextLink href={accountPath(account)}>{fullAccountName(account)}</TextLink> stands at{' '}
        <OperationAmount value={balance} asset={asset} />. Choose the entry that you know the owner
        of, then name their account in the credit line. The newest stand here; search{' '}
        <TextLink href={accountPath(account)}>all its movements</TextLink> for an older one.
      </p>
      {missing !== null && chosen && chosen.left !== null && (
        <p className="mb-2 text-text-quiet">
          {makesGood ? (
            <>
              It makes good what went out unexplained. Only a payment of our own does that.{' '}
              <TextLink href={newCorrectionPath({ account, entry: chosen.key })}>
                Give it to a client instead
              </TextLink>
            </>
          ) : (
            <>
              {missing} {asset} went out unexplained. If this is a payment of our own,{' '}
              <TextLink href={newCorrectionPath({ account, entry: chosen.key, to: 'missing' })}>
                make that good with it
              </TextLink>
            </>
          )}
        </p>
      )}
      {mayBeOwn && chosen && chosen.left !== null && (
        <p className="mb-2 text-text-quiet">
          {isOwn ? (
            <>
              It came to the custodian’s own account in the vault, and these lines say that it is
              the custodian’s: owed to nobody.{' '}
              <TextLink href={newCorrectionPath({ account, entry: chosen.key })}>
                Give it to a client instead
              </TextLink>
            </>
          ) : (
            <>
              It came to the custodian’s own account in the vault. If the custodian itself paid it
              in,{' '}
              <TextLink href={newCorrectionPath({ account, entry: chosen.key, to: 'own' })}>
                say that it is the custodian’s own
              </TextLink>
            </>
          )}
        </p>
      )}
      <Panel label="What came in">
        {entries.length === 0 && <PanelRow>Nothing has come in on this account.</PanelRow>}
        {entries.map((entry) => {
          const { key, journal, amount, left, postedAt, isChosen } = entry;
          return (
            <PanelRow
              key={key}
              title={<OperationAmount value={amount} asset={asset} />}
              aside={
                isChosen ? (
                  <span aria-current="true" className="text-sm font-medium">
                    Chosen
                  </span>
                ) : left === null ? null : (
                  <TextLink href={newCorrectionPath({ account, entry: key })}>
                    Attribute {left} {asset}
                  </TextLink>
                )
              }
            >
              <TextLink href={`/ledger/journals/${journal}`}>Journal {journal}</TextLink>, posted{' '}
              <Time instant={postedAt} />
              <EntryRestLine rest={entry} />
            </PanelRow>
          );
        })}
      </Panel>
    </section>
  );
}
