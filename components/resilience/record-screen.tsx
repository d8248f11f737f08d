import type { ReactNode } from 'react';
import type { Found } from '#lib/privacy/registers/found.ts';
import type { Graph } from '#lib/resilience/graph.ts';
import type { ContractFacts } from '#lib/resilience/kinds/contract.ts';
import { isPrivacyKind, kindNames } from '#lib/resilience/records/kinds.ts';
import type { Choices } from '#lib/resilience/records/list-choices.ts';
import type { RecordLine } from '#lib/resilience/records/list-records.ts';
import type { FrameworkFigures } from '#lib/resilience/records/reckon-framework.ts';
import type { RecordView } from '#lib/resilience/records/view-record.ts';
import { LiveRefresh } from '../live/live-refresh.tsx';
import { Code } from '../ui/grouped.tsx';
import { LinkButton } from '../ui/link-button.tsx';
import { Notice } from '../ui/notice.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { RecordColumns } from '../ui/panel.tsx';
import { RecordFindings } from '../privacy/record-findings.tsx';
import { ChainPicture, ClauseChecklist, ExitGaps } from './contract-parts.tsx';
import { sectionsOf } from './fields/sections.ts';
import { areaCrumb, editPath, listPath, newPath } from './kind-address.ts';
import {
  FindingTerm,
  FunctionGaps,
  FunctionGraph,
  PlanTests,
  ProviderConcentration,
  RiskStanding,
} from './kind-parts.tsx';
import { listWords } from './list-words.ts';
import { namesOf } from './names.ts';
import { RecordFacts } from './record-facts.tsx';
import { recordName } from './record-name.ts';
import { RecordTies } from './record-ties.tsx';
import { RecordVersions } from './record-versions.tsx';
import { RetireRecord } from './retire-record.tsx';
import { DueMark, dueWords, RecordGrade, RecordState } from './standing-words.tsx';

export type RecordScreenProps = {
  view: RecordView;
  choices: Choices;
  figures: FrameworkFigures | null;
  graph: Graph | null;
  /** Of a plan. */
  tests: readonly RecordLine[];
  /** What data protection finds missing or wrong in it: in its own records, and in contracts. */
  found: readonly Found[];
  /** yyyy-mm-dd. */
  today: string;
};

/** Fields that a page shows as a picture rather than as a list. */
const pictured = ['chain', 'clauses', 'inherent', 'residual'];

/** The page of a record of any kind: how it stands, what is missing, its facts, its ties and its versions. */
export function RecordScreen(props: RecordScreenProps) {
  const { view, choices } = props;
  const { kind } = view;
  const sections = sectionsOf[kind];
  const names = namesOf([...view.names, ...view.namedBy], choices);
  const [, several] = kindNames[kind];
  return (
    <>
      <PageHeader
        crumbs={[areaCrumb(kind), { label: several, href: listPath(kind) }, { label: view.number }]}
        title={<bdi>{recordName(view)}</bdi>}
        state={<Standing {...props} />}
        action={(view.canWrite || view.canApprove) && <Acts view={view} />}
      />
      <LiveRefresh topics={['resilience']} />
      <RecordColumns
        facts={
          <div className="space-y-8">
            {view.retired && (
              <Notice title="Retired.">
                {view.texts['retired-because'] ?? 'Nobody said why.'} A new version brings it back.
              </Notice>
            )}
            <KindParts {...props} names={names} />
            {(isPrivacyKind(kind) || props.found.length > 0) && (
              <RecordFindings view={view} found={props.found} />
            )}
            <RecordFacts view={view} sections={sections} names={names} except={pictured} />
          </div>
        }
        aside={
          <>
            <RecordTies view={view} />
            <RecordVersions view={view} sections={sections} names={names} />
          </>
        }
      />
      <p className="mt-8 text-sm text-text-quiet">{listWords[kind].duty}</p>
    </>
  );
}

function Standing({ view, today }: RecordScreenProps) {
  const { kind, number, state, grade, dueOn, retired } = view;
  return (
    <span className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
      <span className="text-text">
        <Code>{number}</Code>
      </span>
      <RecordState kind={kind} state={state} />
      <RecordGrade kind={kind} grade={grade} />
      {dueOn !== null && !retired && (
        <span>
          {dueWords[kind]} <DueMark dueOn={dueOn} today={today} />
        </span>
      )}
    </span>
  );
}

function Acts({ view }: { view: RecordView }) {
  const { kind, id, version, number, retired } = view;
  return (
    <>
      {kind === 'test' && !retired && (
        <LinkButton href={newPath('finding', { test: id })}>Add a finding</LinkButton>
      )}
      {kind === 'plan-test' && !retired && (
        <LinkButton href={newPath('finding', { planTest: id })}>Add a finding</LinkButton>
      )}
      {!retired && view.canWrite && <RetireRecord id={id} seen={version} number={number} />}
      <LinkButton tone="primary" href={editPath(kind, id)}>
        {retired ? 'Bring it back' : 'Change'}
      </LinkButton>
    </>
  );
}

/** What only records of this kind show. */
function KindParts({
  view,
  choices,
  figures,
  graph,
  tests,
  today,
  names,
}: RecordScreenProps & { names: ReturnType<typeof namesOf> }): ReactNode {
  switch (view.kind) {
    case 'function':
      return (
        <>
          {figures && <FunctionGaps view={view} figures={figures} />}
          {graph && <FunctionGraph view={view} graph={graph} />}
        </>
      );
    case 'provider':
      return figures && <ProviderConcentration view={view} figures={figures} />;
    case 'contract': {
      const critical = new Set(
        choices.records.function?.filter(({ grade }) => grade === 'critical').map(({ id }) => id),
      );
      const isCritical = (view.facts as ContractFacts).uses.some((use) =>
        critical.has(use.function),
      );
      return (
        <>
          <ExitGaps view={view} isCritical={isCritical} />
          <ClauseChecklist view={view} isCritical={isCritical} />
          <ChainPicture view={view} names={names} />
        </>
      );
    }
    case 'risk':
      return <RiskStanding view={view} />;
    case 'finding':
      return <FindingTerm view={view} />;
    case 'plan':
      return <PlanTests view={view} tests={tests} today={today} />;
    default:
      return null;
  }
}
