'use client';

import type { OperationView } from '#lib/operations/view-operation.ts';
import { DescriptionList } from '../ui/description-list.tsx';
import { SectionHeading } from '../ui/page-header.tsx';
import { Panel } from '../ui/panel.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { Time } from '../ui/time.tsx';
import { Evidence } from '../ui/timeline.tsx';
import { ChainTransactions } from './chain-transactions.tsx';
import { OperationAmount } from './operation-amount.tsx';
import { KeyWorkRecord } from './key-work-progress.tsx';
import { useOperation } from './operation-live.tsx';
import { RawText } from './raw-text.tsx';

/** What the operation left behind: on the chain, in the ledger, and the intent's own bytes. */
export function OperationRecord() {
  const { live } = useOperation();
  return (
    <div className="mt-10 space-y-8">
      <KeyWorkRecord />
      <ChainTransactions transactions={live.transactions} />
      <LedgerRecord view={live} />
      <section>
        <SectionHeading>The intent</SectionHeading>
        <p className="prose-line text-text-quiet">
          One canonical text. Its SHA-256 is the digest above, and nothing outside it is signed.
        </p>
        <Evidence label="Canonical text">
          <RawText title="Intent" text={live.intentText} what="the intent" />
          <RawText title="Digest" text={live.digest} what="the digest" />
        </Evidence>
      </section>
    </div>
  );
}

const outcomeWords: Readonly<Record<string, string>> = {
  posted: 'used up by the posting; what a fee did not take of it is free again',
  voided: 'given back',
  expired: 'given back when the operation expired',
};

function LedgerRecord({ view }: { view: OperationView }) {
  const { hold, journals, intent } = view;
  if (!hold || intent.kind !== 'withdrawal') return null;
  return (
    <section>
      <SectionHeading>In the ledger</SectionHeading>
      <Panel label="Ledger">
        <div className="px-4 py-3">
          <DescriptionList
            look="compact"
            items={[
              {
                term: 'Hold',
                detail: (
                  <>
                    {hold.amounts.map(({ value, asset }, place) => (
                      <span key={asset}>
                        {place > 0 && ' and '}
                        <OperationAmount value={value} asset={asset} />
                      </span>
                    ))}{' '}
                    on{' '}
                    <TextLink href={`/ledger/client/${intent.client}/${intent.asset}`}>
                      {intent.client}
                    </TextLink>
                    , placed <Time instant={hold.placedAt} />
                  </>
                ),
              },
              {
                term: 'Its end',
                detail:
                  hold.outcome === null || hold.resolvedAt === null ? (
                    'still in place'
                  ) : (
                    <>
                      {outcomeWords[hold.outcome] ?? hold.outcome},{' '}
                      <Time instant={hold.resolvedAt} />
                    </>
                  ),
              },
              {
                term: 'Journals',
                detail:
                  journals.length === 0
                    ? 'none yet'
                    : journals.map(({ id }, index) => (
                        <span key={id}>
                          {index > 0 && ', '}
                          <TextLink href={`/ledger/journals/${id}`}>{id}</TextLink>
                        </span>
                      )),
              },
            ]}
          />
        </div>
      </Panel>
    </section>
  );
}
