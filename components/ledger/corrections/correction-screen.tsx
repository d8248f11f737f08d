import type { CorrectionView } from '#lib/reconciliation/corrections/view-correction.ts';
import { LiveRefresh } from '../../live/live-refresh.tsx';
import { buttonLook } from '../../ui/button-look.ts';
import { Notice } from '../../ui/notice.tsx';
import { PageHeader, SectionHeading } from '../../ui/page-header.tsx';
import { RecordColumns } from '../../ui/panel.tsx';
import { RowKeys } from '../../ui/row-keys.tsx';
import { OperationAmount } from '../../operations/operation-amount.tsx';
import { ledgerTopics } from '../ledger-topics.ts';
import { fullAccountName } from '../ledger-words.ts';
import { CorrectionFacts, CorrectionGround } from './correction-facts.tsx';
import { CorrectionHistory } from './correction-history.tsx';
import { CorrectionLines } from './correction-lines.tsx';
import { CorrectionWork } from './correction-work.tsx';
import { standingWords } from './correction-words.ts';
import { CorrectedJournal } from './journal-lines.tsx';

/** One correction: both sides of it, what it mends, who stands for it, and what can be done. */
export function CorrectionScreen({ record }: { record: CorrectionView }) {
  const { id, number, standing, lines, corrected, part, stop, digest, can } = record;
  return (
    <>
      <PageHeader
        crumbs={[
          { label: 'Ledger', href: '/ledger' },
          { label: 'Corrections', href: '/ledger/corrections' },
          { label: number },
        ]}
        title={<Title record={record} />}
        state={standingWords(standing).says}
        action={
          <a
            href={`/ledger/corrections/${id}/evidence`}
            download
            className={buttonLook('secondary', 'regular')}
          >
            Download the evidence
          </a>
        }
      />
      <LiveRefresh topics={ledgerTopics} />
      <div className="mb-6 space-y-3 empty:hidden">
        {stop !== null && (
          <Notice tone="danger" title="It can’t be approved as the books stand now.">
            {stop}
          </Notice>
        )}
        {standing === 'waiting' && <Elsewhere record={record} />}
      </div>
      <RecordColumns
        facts={
          <div className="space-y-8">
            <CorrectionGround record={record} />
            <section>
              <SectionHeading>What it books</SectionHeading>
              <CorrectionLines number={number} lines={lines} foot={footOf(record)} />
              {part !== null && <Part part={part} isOpen={standing === 'waiting'} />}
              <RowKeys />
            </section>
            {corrected && (
              <section>
                <SectionHeading>What it corrects</SectionHeading>
                <CorrectedJournal journal={corrected} />
              </section>
            )}
            <CorrectionFacts record={record} />
          </div>
        }
        aside={
          <>
            <CorrectionWork key={standing} record={{ id, number, digest, can }} />
            <section>
              <SectionHeading>What happened</SectionHeading>
              <CorrectionHistory record={record} />
            </section>
          </>
        }
      />
    </>
  );
}

function Title({ record: { number, moves, corrects } }: { record: CorrectionView }) {
  return (
    <>
      {number} books{' '}
      {moves.map(({ asset, amount }, index) => (
        <span key={asset}>
          {index > 0 && ' and '}
          <OperationAmount value={amount} asset={asset} />
        </span>
      ))}
      {corrects !== null && `, correcting journal ${corrects}`}
    </>
  );
}

function Part({
  part: { journal, asset, part, whole, left },
  isOpen,
}: {
  part: NonNullable<CorrectionView['part']>;
  isOpen: boolean;
}) {
  return (
    <p className="mt-2">
      <OperationAmount value={part} asset={asset} /> of journal {journal}’s{' '}
      <OperationAmount value={whole} asset={asset} />;{' '}
      {isOpen ? (
        <>
          <OperationAmount value={left} asset={asset} /> stays unattributed.
        </>
      ) : (
        <>
          <OperationAmount value={left} asset={asset} /> is unattributed now.
        </>
      )}
    </p>
  );
}

function footOf({ standing, lines }: CorrectionView): string {
  if (standing === 'waiting')
    return 'Before is what each account stands at now; another journal may move it until this one is approved.';
  if (standing === 'approved') return 'Before and after its journal, by the lines of the books.';
  return `Nothing was posted: ${lines.length === 2 ? 'both' : 'all'} accounts are as they were.`;
}

/** What the books would say of places outside; the places themselves do not move. */
function Elsewhere({ record: { lines } }: { record: CorrectionView }) {
  const outside = lines.filter(({ account }) => /^(?:vault|bank)\//.test(account));
  if (outside.length === 0) return null;
  return (
    <Notice tone="caution" title="It changes what the books say, not what is there.">
      {outside.map(({ account, vaultName, change, asset }) => (
        <span key={account} className="block">
          {fullAccountName(account, vaultName)}: {change} {asset} in the books.
        </span>
      ))}
      No coin and no money moves. The next run of reconciliation holds the books against the{' '}
      {outside.every(({ account }) => account.startsWith('bank/')) ? 'bank' : 'chain'} again.
    </Notice>
  );
}
