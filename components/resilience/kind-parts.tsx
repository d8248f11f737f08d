import type { FrameworkFigures } from '#lib/resilience/records/reckon-framework.ts';
import { daysToRemedy } from '#lib/resilience/kinds/finding-words.ts';
import type { FindingFacts } from '#lib/resilience/kinds/finding.ts';
import type { PlanTestFacts } from '#lib/resilience/kinds/plan-test.ts';
import { scoreOf } from '#lib/resilience/kinds/risk-words.ts';
import type { RiskFacts } from '#lib/resilience/kinds/risk.ts';
import type { Graph } from '#lib/resilience/graph.ts';
import type { RecordLine } from '#lib/resilience/records/list-records.ts';
import type { RecordView } from '#lib/resilience/records/view-record.ts';
import { LinkButton } from '../ui/link-button.tsx';
import { Notice } from '../ui/notice.tsx';
import { SectionHeading } from '../ui/page-header.tsx';
import { Panel, PanelRow } from '../ui/panel.tsx';
import { StatusMark } from '../ui/status-mark.tsx';
import { Table } from '../ui/table.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { concentrationWords, gapWords } from './gap-words.ts';
import { graphTree } from './graph-tree.ts';
import { editPath, newPath, recordPath } from './kind-address.ts';
import { columnsFor } from './list-columns.tsx';
import { RiskMatrix } from './risk-matrix.tsx';
import { Tree } from './tree.tsx';

/** What a critical function still lacks, each with the way to it. */
export function FunctionGaps({ view, figures }: { view: RecordView; figures: FrameworkFigures }) {
  const gaps = figures.gaps.filter((gap) => gap.function === view.id);
  if (view.grade !== 'critical') return null;
  if (gaps.length === 0)
    return (
      <Notice tone="good" title="Nothing is missing.">
        It has objectives, an approved plan, a test in the last twelve months, and an assessment and
        an exit plan for every contract.
      </Notice>
    );
  return (
    <section aria-label="What it still lacks">
      <SectionHeading>What it still lacks</SectionHeading>
      <Panel>
        {gaps.map(({ what, article, contract }) => (
          <PanelRow
            key={`${what} ${contract ?? ''}`}
            title={
              <StatusMark shape="triangle" tone="caution">
                {gapWords[what]}
              </StatusMark>
            }
            aside={<GapWay what={what} id={view.id} contract={contract} />}
          >
            {article}
          </PanelRow>
        ))}
      </Panel>
    </section>
  );
}

function GapWay({
  what,
  id,
  contract,
}: {
  what: keyof typeof gapWords;
  id: string;
  contract: string | null;
}) {
  if (contract !== null)
    return <TextLink href={recordPath('contract', contract)}>Open the contract</TextLink>;
  if (what === 'plan')
    return <TextLink href={newPath('plan', { functions: id })}>Add a plan</TextLink>;
  if (what === 'test')
    return <TextLink href={newPath('test', { functions: id })}>Plan a test</TextLink>;
  return <TextLink href={editPath('function', id)}>Set it</TextLink>;
}

/** From the function over contracts and providers to the last subcontractor. */
export function FunctionGraph({ view, graph }: { view: RecordView; graph: Graph }) {
  const { nodes, isWhole } = graphTree(graph, view.id);
  const isBare = nodes.every(({ children }) => children.length === 0);
  return (
    <section aria-label="Graph of what it rests on">
      <SectionHeading>What it rests on, to the last subcontractor</SectionHeading>
      {isBare ? (
        <p className="text-text-quiet">
          No contract names this function. Where ICT services support it, add them to the uses of
          their contract.
        </p>
      ) : (
        <Tree label="What it rests on" nodes={nodes} />
      )}
      {!isWhole && (
        <p className="mt-2 text-sm text-text-quiet">
          More hangs on it than is drawn here. The contracts that name it are listed beside.
        </p>
      )}
    </section>
  );
}

/** Where too much hangs on this provider. */
export function ProviderConcentration({
  view,
  figures,
}: {
  view: RecordView;
  figures: FrameworkFigures;
}) {
  const found = figures.concentrations.filter(({ provider }) => provider === view.id);
  if (found.length === 0) return null;
  return (
    <section aria-label="Concentration">
      <SectionHeading>Concentration</SectionHeading>
      <Panel>
        {found.map((one) => (
          <PanelRow
            key={one.kind}
            title={
              <StatusMark shape="triangle" tone="caution">
                {concentrationWords(one)}
              </StatusMark>
            }
            aside={
              <TextLink href={`/resilience/contracts?naming=${view.id}`}>
                {one.contracts.length === 1 ? 'The contract' : `${one.contracts.length} contracts`}
              </TextLink>
            }
          >
            {one.article}
          </PanelRow>
        ))}
      </Panel>
    </section>
  );
}

/** Where a risk stands without and with what is done about it. */
export function RiskStanding({ view }: { view: RecordView }) {
  const { inherent, residual, appetite, state } = view.facts as RiskFacts;
  const is = (rating: { likelihood: number; impact: number }, likelihood: number, impact: number) =>
    rating.likelihood === likelihood && rating.impact === impact;
  const isOver = scoreOf(residual) > appetite;
  return (
    <section aria-label="Likelihood and impact">
      <SectionHeading>Likelihood and impact</SectionHeading>
      {isOver && state === 'open' && (
        <div className="mb-3">
          <Notice tone="caution" title="Over the appetite.">
            What is left scores {scoreOf(residual)}; {appetite} is borne. Do more about it, or have
            another person than its owner accept it.
          </Notice>
        </div>
      )}
      <RiskMatrix
        label="The risk by likelihood and impact"
        cell={(likelihood, impact) => (
          <>
            {is(inherent, likelihood, impact) && (
              <StatusMark shape="ring" tone="neutral">
                <span className="max-medium:sr-only">Inherent</span>
              </StatusMark>
            )}
            {is(residual, likelihood, impact) && (
              <StatusMark shape="dot" tone="neutral">
                <span className="max-medium:sr-only">Residual</span>
              </StatusMark>
            )}
          </>
        )}
      />
      <p className="mt-2 text-sm text-text-quiet">
        Ring: inherent, {scoreOf(inherent)}. Dot: residual, {scoreOf(residual)}. Appetite:{' '}
        {appetite}.
      </p>
    </section>
  );
}

/** By when a finding of this severity is remedied. */
export function FindingTerm({ view }: { view: RecordView }) {
  const { severity, dueOn } = view.facts as FindingFacts;
  if (view.dueOn === null) return null;
  return (
    <p className="text-text-quiet">
      {dueOn === null
        ? `This severity is remedied within ${daysToRemedy[severity]} days of being found.`
        : `The day was set by hand; this severity is remedied within ${daysToRemedy[severity]} days.`}
    </p>
  );
}

/** The tests of a plan, with what they took. */
export function PlanTests({
  view,
  tests,
  today,
}: {
  view: RecordView;
  tests: readonly RecordLine[];
  today: string;
}) {
  const planned = tests.filter(({ facts }) => (facts as PlanTestFacts).state === 'planned').length;
  return (
    <section aria-label="How the plan was tested">
      <SectionHeading
        action={
          view.canWrite && (
            <LinkButton size="small" href={newPath('plan-test', { plan: view.id })}>
              Plan a test
            </LinkButton>
          )
        }
      >
        Tests of the plan
      </SectionHeading>
      <Table
        label="Tests of the plan"
        columns={columnsFor('plan-test', today)}
        rows={tests}
        rowKey={({ id }) => id}
        empty="It was never tested. Plans are tested at least yearly: DORA, Art 11(6)."
        foot={tests.length > 0 && `${tests.length} tests, ${planned} still to come`}
      />
    </section>
  );
}
