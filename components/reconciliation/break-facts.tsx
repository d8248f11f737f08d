import type { BreakView } from '#lib/reconciliation/view-break.ts';
import { OperationAmount } from '../operations/operation-amount.tsx';
import { DescriptionList, Footing, type Description } from '../ui/description-list.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { Time } from '../ui/time.tsx';
import { BreakStanding } from './breaks-table.tsx';
import { causeName, countWords, heldAgainst, kindName, placeName } from './reconciliation-words.ts';

/** What a break is, whose it is and until when it is to be closed. */
export function BreakFacts({ record }: { record: BreakView }) {
  const { amount, asset, sign, age, owner, closedAt, acceptedBy, proposal } = record;
  const items: Description[] = [
    { term: 'Now', detail: <BreakStanding {...record} /> },
    {
      term: 'Difference',
      detail: (
        <>
          {sign === 'shortfall' ? '−' : '+'}
          <OperationAmount value={amount} asset={asset} />
          <Footing>
            {sign === 'shortfall'
              ? `A shortfall: less is there than ${heldAgainst(record.kind)}.`
              : `A surplus: more is there than ${heldAgainst(record.kind)}.`}
          </Footing>
        </>
      ),
    },
    { term: 'Cause', detail: causeName(record.cause) },
    { term: 'Where', detail: `${placeName(record)} (${kindName(record.kind).toLowerCase()})` },
    {
      term: 'Found',
      detail: (
        <>
          <Time instant={record.foundAt} />,{' '}
          {age === 0 ? 'less than a working day ago' : `${countWords(age, 'working day')} ago`}
          <Footing>
            <TextLink href={`/reconciliation/runs/${record.firstRun}`}>
              the run that found it
            </TextLink>
            {' · '}
            <TextLink href={`/reconciliation/runs/${record.lastRun}`}>the last run of it</TextLink>
          </Footing>
        </>
      ),
    },
    { term: 'Due', detail: <Time instant={record.dueAt} style="minute" /> },
    { term: 'Owner', detail: owner === null ? 'Nobody yet' : <bdi>{owner}</bdi> },
    ...(closedAt === null
      ? []
      : [
          {
            term: 'Closed',
            detail: (
              <>
                <Time instant={closedAt} />
                {proposal && acceptedBy !== null && (
                  <Footing>
                    proposed by <bdi>{proposal.by}</bdi>, accepted by <bdi>{acceptedBy}</bdi>
                  </Footing>
                )}
              </>
            ),
          },
        ]),
  ];
  return <DescriptionList items={items} />;
}
