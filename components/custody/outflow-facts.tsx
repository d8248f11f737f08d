import { OperationAmount } from '../operations/operation-amount.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { DescriptionList } from '../ui/description-list.tsx';
import { AddressBlock, Code } from '../ui/grouped.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { Time } from '../ui/time.tsx';
import type { OutflowView } from '#lib/operations/list-outflows.ts';

/** What left which vault, when, and by which transaction. */
export function OutflowFacts({ outflow }: { outflow: OutflowView }) {
  return (
    <DescriptionList
      look="compact"
      items={[
        {
          term: 'Left the vault',
          detail: <OperationAmount value={outflow.amount} asset={outflow.asset} />,
        },
        {
          term: 'Vault',
          detail: (
            <TextLink href={`/vaults#${outflow.vault}`}>
              <bdi>{outflow.vaultName}</bdi>
            </TextLink>
          ),
        },
        {
          term: 'Transaction',
          detail: (
            <span className="flex flex-wrap items-start gap-2">
              <AddressBlock address={outflow.txid} />
              <CopyButton text={outflow.txid} what="the transaction" />
            </span>
          ),
        },
        { term: 'Block', detail: <Code>{outflow.slot}</Code> },
        { term: 'Noted', detail: <Time instant={outflow.notedAt} /> },
        { term: 'Incident', detail: <Code>{outflow.incident}</Code> },
      ]}
    />
  );
}
