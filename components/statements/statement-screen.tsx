import type { PositionView } from '#lib/operations/positions/view-position.ts';
import { OperationAmount } from '../operations/operation-amount.tsx';
import { buttonLook } from '../ui/button-look.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { DescriptionList, Footing } from '../ui/description-list.tsx';
import { Code, Hash } from '../ui/grouped.tsx';
import { Notice } from '../ui/notice.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { Time } from '../ui/time.tsx';
import { NoValueNote } from './no-value-note.tsx';
import { byWords, periodText, reasonWords } from './statement-words.ts';

function Files({ id }: { id: string }) {
  return (
    <>
      {(['pdf', 'csv'] as const).map((file) => (
        <a
          key={file}
          href={`/statements/${id}/${file}`}
          download
          className={buttonLook(file === 'pdf' ? 'primary' : 'secondary', 'regular')}
        >
          Download {file.toUpperCase()}
        </a>
      ))}
    </>
  );
}

function Digest({ value, what, children }: { value: string; what: string; children: string }) {
  return (
    <>
      <span className="flex flex-wrap items-start justify-between gap-x-4">
        <Hash value={value} />
        <CopyButton text={value} what={what} />
      </span>
      <Footing>{children}</Footing>
    </>
  );
}

/** One issued statement: what it covers, from which close, and what its files must hash to. */
export function StatementScreen({ view }: { view: PositionView }) {
  const { id, client, from, to, lastJournal, closedAt, openedAt, movements, pending } = view;
  return (
    <div className="max-w-[56rem]">
      <PageHeader
        crumbs={[{ label: 'Statements', href: '/statements' }, { label: client }]}
        title={`Statement of ${client}, ${periodText(from, to)}`}
        state={
          <>
            Drawn up from journal {lastJournal}. It is the same for ever: its files are made from
            the books as they were closed then.
          </>
        }
        action={view.hasFiles && <Files id={id} />}
      />
      {!view.hasFiles && (
        <div className="mb-6">
          <Notice tone="info" title="Too long to make while you wait.">
            It has {movements} movements. Have its files written with npm run statements.
          </Notice>
        </div>
      )}
      <div className="mb-6">
        <NoValueNote />
      </div>
      <DescriptionList
        items={[
          {
            term: 'Client',
            detail: <TextLink href={`/statements?client=${client}`}>{client}</TextLink>,
          },
          {
            term: 'Why',
            detail: `${reasonWords(view.reason)}${view.batch === null ? '' : `, with all clients’ of ${view.batch}`}`,
          },
          {
            term: 'Drawn up from',
            detail: (
              <>
                {lastJournal === '0' ? (
                  'No journal yet'
                ) : (
                  <TextLink href={`/ledger/journals/${lastJournal}`}>
                    Journal <Code>{lastJournal}</Code>
                  </TextLink>
                )}
                <Footing>
                  The newest in the books as they were closed <Time instant={closedAt} />. Nothing
                  comes in there any more.
                </Footing>
              </>
            ),
          },
          {
            term: 'Opening balances',
            detail:
              openedAt === null ? (
                'None: the books began in this period.'
              ) : (
                <>
                  Of the books as they were closed <Time instant={openedAt} />
                </>
              ),
          },
          {
            term: 'Closing balances',
            detail:
              view.closing.length === 0
                ? 'None: nothing was booked for this client yet.'
                : view.closing.map(({ asset, amount }) => (
                    <span key={asset} className="block">
                      <OperationAmount value={amount} asset={asset} look="plain" />
                    </span>
                  )),
          },
          {
            term: 'Says',
            detail: `${movements} ${movements === 1 ? 'movement' : 'movements'}, and ${pending === 0 ? 'nothing' : String(pending)} set aside for operations under way`,
          },
          {
            term: 'Content digest',
            detail: (
              <Digest value={view.contentDigest} what="the content digest">
                SHA-256 of the statement’s canonical text, printed on each of its pages.
              </Digest>
            ),
          },
          {
            term: 'PDF',
            detail: (
              <Digest value={view.pdfDigest} what="the digest of the PDF">
                SHA-256 of the file. A download is compared with it before it leaves.
              </Digest>
            ),
          },
          {
            term: 'CSV',
            detail: (
              <Digest value={view.csvDigest} what="the digest of the CSV">
                Amounts are exact in it. A spreadsheet keeps 15 digits of a number it opens, so
                import the columns amount and balance as text where there are more.
              </Digest>
            ),
          },
          {
            term: 'Issued',
            detail: (
              <>
                <Time instant={view.issuedAt} /> by{' '}
                <bdi>{byWords(view.issuedBy, view.issuedByName)}</bdi>
              </>
            ),
          },
        ]}
      />
    </div>
  );
}
