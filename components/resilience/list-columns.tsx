import type { ReactNode } from 'react';
import { contractTypes, entityTypes, impacts } from '#lib/resilience/codes.ts';
import { assetTypes, exposures } from '#lib/resilience/kinds/asset-words.ts';
import type { AssetFacts } from '#lib/resilience/kinds/asset.ts';
import type { ContractFacts } from '#lib/resilience/kinds/contract.ts';
import type { EntityFacts } from '#lib/resilience/kinds/entity.ts';
import { findingSources } from '#lib/resilience/kinds/finding-words.ts';
import type { FindingFacts } from '#lib/resilience/kinds/finding.ts';
import type { FunctionFacts } from '#lib/resilience/kinds/function.ts';
import { planTypes } from '#lib/resilience/kinds/plan-words.ts';
import type { PlanTestFacts } from '#lib/resilience/kinds/plan-test.ts';
import type { PlanFacts } from '#lib/resilience/kinds/plan.ts';
import type { ProviderFacts } from '#lib/resilience/kinds/provider.ts';
import { riskCategories, scoreOf } from '#lib/resilience/kinds/risk-words.ts';
import type { RiskFacts } from '#lib/resilience/kinds/risk.ts';
import { testTypes } from '#lib/resilience/kinds/test-words.ts';
import type { TestFacts } from '#lib/resilience/kinds/test.ts';
import { countryName } from '#lib/resilience/places.ts';
import type { Kind } from '#lib/resilience/records/kinds.ts';
import type { RecordLine } from '#lib/resilience/records/list-records.ts';
import { groupThousands } from '../ui/format.ts';
import { Code } from '../ui/grouped.tsx';
import { NarrowLine } from '../ui/narrow-line.tsx';
import type { Column } from '../ui/table.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { Day } from '../ui/time.tsx';
import { recordPath } from './kind-address.ts';
import { own, type Own } from './own-column.tsx';
import { privacyColumns } from './privacy-columns.tsx';
import {
  DueMark,
  dueWords,
  gradeWords,
  RecordGrade,
  RecordState,
  stateWords,
} from './standing-words.tsx';

const money = (amount: string | null, currency: string | null): ReactNode =>
  amount === null ? (
    'Not said'
  ) : (
    <span className="whitespace-nowrap tabular-nums">
      {groupThousands(amount)} {currency}
    </span>
  );

const hours = (value: number | null): string => (value === null ? 'Not set' : `${value} h`);

const ownColumns: Readonly<Record<Kind, readonly Own[]>> = {
  entity: [
    own<EntityFacts>('lei', 'LEI', ({ lei }) => <Code>{lei}</Code>),
    own<EntityFacts>('type', 'Type', ({ type }) => entityTypes[type]),
    own<EntityFacts>('country', 'Country', ({ country }) => countryName(country)),
  ],
  provider: [
    own<ProviderFacts>('code', 'Code', ({ code }) =>
      code === null ? 'An individual' : <Code>{code}</Code>,
    ),
    own<ProviderFacts>('country', 'Country', ({ country }) => countryName(country)),
    own<ProviderFacts>(
      'expense',
      'Expense of a year',
      ({ expense, currency }) => money(expense, currency),
      'end',
    ),
  ],
  function: [
    own<FunctionFacts>('id', 'Identifier', ({ id }) => <Code>{id}</Code>),
    own<FunctionFacts>('rto', 'RTO', ({ rtoHours }) => hours(rtoHours), 'end'),
    own<FunctionFacts>('rpo', 'RPO', ({ rpoHours }) => hours(rpoHours), 'end'),
    own<FunctionFacts>('impact', 'Impact', ({ impact }) => impacts[impact]),
  ],
  contract: [
    own<ContractFacts>('reference', 'Reference', ({ reference }) => <Code>{reference}</Code>),
    own<ContractFacts>('type', 'Type', ({ type }) => contractTypes[type]),
    own<ContractFacts>(
      'expense',
      'Expense of a year',
      ({ expense, currency }) => money(expense, currency),
      'end',
    ),
  ],
  asset: [
    own<AssetFacts>('code', 'Id', ({ code }) => <Code>{code}</Code>),
    own<AssetFacts>('type', 'Type', ({ type }) => assetTypes[type]),
    own<AssetFacts>('exposure', 'Exposure', ({ exposure }) => exposures[exposure]),
  ],
  risk: [
    own<RiskFacts>('category', 'Category', ({ category }) => riskCategories[category]),
    own<RiskFacts>('inherent', 'Inherent', ({ inherent }) => scoreOf(inherent), 'end'),
    own<RiskFacts>('residual', 'Residual', ({ residual }) => scoreOf(residual), 'end'),
    own<RiskFacts>('appetite', 'Appetite', ({ appetite }) => appetite, 'end'),
  ],
  finding: [own<FindingFacts>('source', 'Found by', ({ source }) => findingSources[source])],
  test: [
    own<TestFacts>('type', 'Type', ({ type }) => testTypes[type]),
    own<TestFacts>('done', 'Done on', ({ doneOn }) => <MaybeDay day={doneOn} />),
  ],
  plan: [
    own<PlanFacts>('type', 'Type', ({ type }) => planTypes[type]),
    own<PlanFacts>('rto', 'RTO', ({ rtoHours }) => hours(rtoHours), 'end'),
    own<PlanFacts>('rpo', 'RPO', ({ rpoHours }) => hours(rpoHours), 'end'),
  ],
  'plan-test': [
    own<PlanTestFacts>('held', 'Held on', ({ doneOn }) => <MaybeDay day={doneOn} />),
    own<PlanTestFacts>(
      'rto',
      'Recovery time',
      ({ actualRtoMinutes, plannedRtoMinutes, doneOn }) =>
        minutes(actualRtoMinutes, plannedRtoMinutes, doneOn),
      'end',
    ),
    own<PlanTestFacts>(
      'rpo',
      'Recovery point',
      ({ actualRpoMinutes, plannedRpoMinutes, doneOn }) =>
        minutes(actualRpoMinutes, plannedRpoMinutes, doneOn),
      'end',
    ),
  ],
  ...privacyColumns,
};

const notYet = <span className="text-text-quiet">Not yet</span>;

function MaybeDay({ day }: { day: string | null }): ReactNode {
  return day === null ? notYet : <Day date={day} />;
}

const minutes = (
  actual: number | null,
  planned: number | null,
  doneOn: string | null,
): ReactNode => {
  if (actual !== null) return `${actual} min${planned === null ? '' : ` of ${planned}`}`;
  return doneOn === null ? notYet : 'Not said';
};

/** A test that is not done has no result yet. */
const Grade = ({ kind, row }: { kind: Kind; row: RecordLine }): ReactNode =>
  row.grade === null ? notYet : <RecordGrade kind={kind} grade={row.grade} />;

/** The columns of a list: what it is, its own facts, how it stands and its day. @param today yyyy-mm-dd. */
export function columnsFor(kind: Kind, today: string): readonly Column<RecordLine>[] {
  const grade = gradeWords[kind];
  const due = dueWords[kind];
  const hasState = stateWords[kind] !== undefined;
  return [
    {
      id: 'number',
      head: 'Record',
      cell: (row) => (
        <>
          <TextLink look="plain" href={recordPath(kind, row.id)} className="block py-1">
            <span className="block max-w-[24rem] min-w-48 whitespace-normal">
              <bdi>{row.name ?? row.ref}</bdi>
            </span>
            <span className="text-sm text-text-quiet">
              <Code>{row.number}</Code>
            </span>
          </TextLink>
          {hasState && (
            <NarrowLine word="State">
              <RecordState kind={kind} state={row.state} />
            </NarrowLine>
          )}
          {grade && (
            <NarrowLine word={grade.name}>
              <Grade kind={kind} row={row} />
            </NarrowLine>
          )}
          {due !== undefined && (
            <NarrowLine word={due}>
              <DueMark dueOn={row.dueOn} today={today} />
            </NarrowLine>
          )}
        </>
      ),
    },
    ...ownColumns[kind].map(({ id, head, align, cell }): Column<RecordLine> => ({
      id,
      head,
      narrow: 'hidden',
      ...(align ? { align } : {}),
      cell: (row) => cell(row.facts as never, row),
    })),
    ...(hasState
      ? [
          {
            id: 'state',
            head: 'State',
            narrow: 'hidden' as const,
            cell: (row: RecordLine) => <RecordState kind={kind} state={row.state} />,
          },
        ]
      : []),
    ...(grade
      ? [
          {
            id: 'grade',
            head: grade.name,
            narrow: 'hidden' as const,
            cell: (row: RecordLine) => <Grade kind={kind} row={row} />,
          },
        ]
      : []),
    ...(due === undefined
      ? []
      : [
          {
            id: 'due',
            head: due,
            narrow: 'hidden' as const,
            cell: (row: RecordLine) => <DueMark dueOn={row.dueOn} today={today} />,
          },
        ]),
  ];
}
