import type { JournalRecordView } from '#lib/operations/view-journal.ts';
import { CopiedHash } from '../ui/copied-hash.tsx';
import { DescriptionList, Footing, type Description } from '../ui/description-list.tsx';
import { Code } from '../ui/grouped.tsx';
import { StatusMark } from '../ui/status-mark.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { Time } from '../ui/time.tsx';
import { bankStatementPath } from '../reconciliation/bank-words.ts';
import { correctionPath } from './corrections/correction-words.ts';
import { journalKind } from './ledger-words.ts';
import { OperationLink } from './operation-link.tsx';

/** What a journal was booked for, what it corrects, and its digest, recomputed. */
export function JournalFacts({ journal }: { journal: JournalRecordView }) {
  const { kind, operation, operationNumber, deposits, bankEntry, corrects, correctedBy, key } =
    journal;
  const { waitingIn } = journal;
  const correction = /^correction:([0-9a-f-]{36})$/u.exec(key)?.[1] ?? null;
  const items: Description[] = [
    { term: 'What', detail: journalKind(kind) },
    ...(operation === null
      ? []
      : [
          {
            term: 'Operation',
            detail: <OperationLink operation={operation} number={operationNumber} />,
          },
        ]),
    ...deposits.map(({ txid, from, vaultName }) => ({
      id: txid,
      term: 'On the chain',
      detail: (
        <>
          <CopiedHash value={txid} what="the transaction id" />
          <Footing>
            into <bdi>{vaultName}</bdi>, from <span className="figures-mono break-all">{from}</span>
          </Footing>
        </>
      ),
    })),
    ...(bankEntry === null
      ? []
      : [
          {
            term: 'At the bank',
            detail: (
              <>
                <TextLink href={bankStatementPath(bankEntry.account, bankEntry.statement)}>
                  Statement of {bankEntry.account}
                </TextLink>
                , entry of <Time instant={bankEntry.day} style="day" />
                {bankEntry.reference !== null && (
                  <Footing>
                    reference{' '}
                    <span translate="no" className="figures-mono break-all">
                      {bankEntry.reference}
                    </span>
                  </Footing>
                )}
              </>
            ),
          },
        ]),
    ...(corrects === null
      ? []
      : [
          {
            term: kind === 'bank-entry' ? 'Takes back' : 'Corrects',
            detail: <JournalLink id={corrects} />,
          },
        ]),
    ...(correctedBy.length === 0
      ? []
      : [
          {
            term: 'Corrected by',
            detail: (
              <span className="flex flex-wrap gap-x-3">
                {correctedBy.map((id) => (
                  <JournalLink key={id} id={id} />
                ))}
              </span>
            ),
          },
        ]),
    ...(waitingIn.length === 0
      ? []
      : [
          {
            term: 'Waiting',
            detail: (
              <>
                <span className="flex flex-wrap gap-x-3">
                  {waitingIn.map(({ id, number }) => (
                    <TextLink key={id} href={correctionPath(id)}>
                      Correction <Code>{number}</Code>
                    </TextLink>
                  ))}
                </span>
                <Footing>
                  A correction of this journal that a second person is to decide on.
                </Footing>
              </>
            ),
          },
        ]),
    ...(correction === null
      ? []
      : [
          {
            term: 'Approved',
            detail: (
              <TextLink href={correctionPath(correction)}>The correction that two signed</TextLink>
            ),
          },
        ]),
    {
      term: 'Booked as',
      detail: (
        <>
          <span translate="no" className="figures-mono break-all">
            {key}
          </span>
          <Footing>Names what happened. The same event is never booked twice.</Footing>
        </>
      ),
    },
    { term: 'Content digest', detail: <Digest journal={journal} /> },
  ];
  return <DescriptionList items={items} />;
}

function JournalLink({ id }: { id: string }) {
  return (
    <TextLink href={`/ledger/journals/${id}`}>
      Journal <Code>{id}</Code>
    </TextLink>
  );
}

function Digest({ journal: { contentDigest, digestHolds } }: { journal: JournalRecordView }) {
  return (
    <>
      <CopiedHash value={contentDigest} what="the content digest" />
      <p className="mt-1">
        {digestHolds ? (
          <StatusMark shape="dot" tone="good">
            Recomputed from the lines above, and the same
          </StatusMark>
        ) : (
          <StatusMark shape="triangle" tone="danger">
            Not the digest of the lines above: somebody wrote to the books past the ledger. Tell
            whoever answers for the database at once, and rely on none of these figures.
          </StatusMark>
        )}
      </p>
      <Footing>SHA-256 of the journal’s canonical text; the audit trail holds it as well.</Footing>
    </>
  );
}
