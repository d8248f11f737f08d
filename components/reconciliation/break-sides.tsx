import type { BreakItemView, BreakView } from '#lib/reconciliation/view-break.ts';
import { OperationAmount } from '../operations/operation-amount.tsx';
import { accountPath, fullAccountName } from '../ledger/ledger-words.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { SectionHeading } from '../ui/page-header.tsx';
import { Panel, PanelRow } from '../ui/panel.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { Time } from '../ui/time.tsx';
import { sideNames } from './reconciliation-words.ts';

/** What each side tells, item by item. */
export function BreakSides({ record }: { record: BreakView }) {
  const names = sideNames(record.kind);
  if (record.kind === 'liabilities' && record.ledger.length + record.outside.length === 0)
    return <WhereToLook record={record} />;
  return (
    <>
      <Side name={names.ledger} items={record.ledger} asset={record.asset} />
      <Side name={names.outside} items={record.outside} asset={record.asset} />
    </>
  );
}

/** Sums are compared here and no movements, so it is told what may be behind it. */
function WhereToLook({ record: { goneUnexplained, asset } }: { record: BreakView }) {
  const name = 'Where to look';
  return (
    <section>
      <SectionHeading>{name}</SectionHeading>
      <Panel label={name}>
        {goneUnexplained && (
          <PanelRow title={<OperationAmount value={goneUnexplained.amount} asset={asset} />}>
            <p>
              went out of banks by now and nobody knows why:{' '}
              <TextLink href={accountPath(goneUnexplained.account)}>
                {fullAccountName(goneUnexplained.account)}
              </TextLink>
              . Once it is known, &ldquo;Correct the ledger&rdquo; starts from it.
            </p>
          </PanelRow>
        )}
        <PanelRow>
          All that is owed in {asset} is held against all that is there. Each vault and each account
          is compared by runs of its own, and their breaks may be the cause of this one.
        </PanelRow>
      </Panel>
    </section>
  );
}

function Side({
  name,
  items,
  asset,
}: {
  name: string;
  items: readonly BreakItemView[];
  asset: string;
}) {
  return (
    <section>
      <SectionHeading>{name}</SectionHeading>
      <Panel label={name}>
        {items.length === 0 && <PanelRow>No movement: this side tells nothing of it.</PanelRow>}
        {items.map((item) => (
          <PanelRow
            key={item.ref}
            title={<OperationAmount value={item.amount} asset={asset} />}
            aside={<Time instant={item.at} />}
          >
            {item.journal !== null && (
              <p>
                <TextLink href={`/ledger/journals/${item.journal}`}>
                  Journal {item.journal}
                </TextLink>
              </p>
            )}
            {item.transaction !== null && (
              <p className="flex flex-wrap items-start justify-between gap-x-4">
                <span translate="no" className="figures-mono break-all">
                  {item.transaction}
                </span>
                <CopyButton text={item.transaction} what="the transaction id" />
              </p>
            )}
            {item.reference !== null && (
              <p>
                <bdi>{item.reference}</bdi>
              </p>
            )}
            {item.position !== null && <p>block {item.position}</p>}
            {item.transaction === null && item.journal === null && (
              <p translate="no" className="figures-mono break-all">
                {item.ref}
              </p>
            )}
          </PanelRow>
        ))}
      </Panel>
    </section>
  );
}
