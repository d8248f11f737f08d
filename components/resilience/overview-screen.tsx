import type { DutyDay } from '#lib/resilience/calendar.ts';
import type { Coming } from '#lib/resilience/records/list-coming.ts';
import { kindNames, type Kind } from '#lib/resilience/records/kinds.ts';
import { countConcentrations, countGaps } from '#lib/resilience/records/found-by-figures.ts';
import type { Results } from '#lib/resilience/records/view-results.ts';
import type { FrameworkFigures } from '#lib/resilience/records/reckon-framework.ts';
import type { Figure } from '#lib/resilience/records/view-figures.ts';
import type { RiskMap } from '#lib/resilience/records/view-risk-map.ts';
import { LiveRefresh } from '../live/live-refresh.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { LinkButton } from '../ui/link-button.tsx';
import { NarrowLine } from '../ui/narrow-line.tsx';
import { PageHeader, SectionHeading } from '../ui/page-header.tsx';
import { Figures, Panel, PanelRow, type Figure as Shown } from '../ui/panel.tsx';
import { StatusMark } from '../ui/status-mark.tsx';
import { Table } from '../ui/table.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { CompletenessBars, wholeShare } from './completeness-bars.tsx';
import { DutyTable } from './duty-table.tsx';
import { concentrationWords, gapWords } from './gap-words.ts';
import { CountsRow } from './counts-row.tsx';
import { newPath, recordPath, resiliencePath } from './kind-address.ts';
import { listAddress, type ListAsked } from './list-query.ts';
import { ResultsPart } from './results-part.tsx';
import { ResilienceTabs } from './resilience-tabs.tsx';
import { DueMark, dueWords } from './standing-words.tsx';

export type OverviewProps = {
  figures: readonly Figure[];
  framework: FrameworkFigures;
  map: RiskMap;
  coming: { lines: readonly Coming[]; count: number };
  duties: readonly DutyDay[];
  /** Names of the functions, providers and contracts that the figures name. */
  names: Readonly<Record<string, string>>;
  today: string;
  canWrite: boolean;
  results: Results;
};

/** How the house stands in operational resilience: what is missing, what is over its day, what comes next. */
export function OverviewScreen(props: OverviewProps) {
  const { framework, coming, duties, today, canWrite, figures } = props;
  const isEmpty = figures.length === 0;
  const due = duties.filter(({ state, dueOn }) => state === 'overdue' || isSoon(dueOn, today));
  return (
    <>
      <PageHeader title="Resilience" state={stateOf(props)} />
      <ResilienceTabs current={resiliencePath} />
      <LiveRefresh topics={['resilience']} />
      {isEmpty ? (
        <EmptyState
          title="Nothing is on record yet."
          action={
            canWrite && (
              <>
                <LinkButton tone="primary" href={newPath('entity')}>
                  Record the entity
                </LinkButton>
                <LinkButton href="/resilience/register">Take over a register</LinkButton>
              </>
            )
          }
        >
          Functions, providers, contracts, risks, tests and plans stand here once somebody has
          recorded them. A register of information that you have already is taken over whole.
        </EmptyState>
      ) : (
        <div className="space-y-10">
          <BigFigures {...props} />
          <section aria-label="Due next">
            <SectionHeading>Overdue, and due in the next 90 days</SectionHeading>
            <ComingTable {...props} />
            {coming.count > coming.lines.length && (
              <p className="mt-2 text-sm text-text-quiet">
                The first {coming.lines.length} of {coming.count}; each list shows all of its own.
              </p>
            )}
          </section>
          <ResultsPart results={props.results} />
          <div className="grid gap-10 wide:grid-cols-2">
            <Gaps {...props} />
            <Concentrations {...props} />
          </div>
          <Clauses {...props} />
          <section aria-label="Register of information">
            <SectionHeading
              action={
                <LinkButton size="small" href="/resilience/register" className="screen-only">
                  Open the register
                </LinkButton>
              }
            >
              Register of information: what is asked and filled
            </SectionHeading>
            <CompletenessBars completeness={framework.completeness} />
          </section>
          <section aria-label="Duties that come next">
            <SectionHeading
              action={
                <LinkButton size="small" href="/resilience/calendar" className="screen-only">
                  All duties
                </LinkButton>
              }
            >
              Recurring duties that are overdue or due in 90 days
            </SectionHeading>
            <DutyTable
              duties={due}
              today={today}
              empty="None of the duties that records show is due within 90 days."
            />
          </section>
        </div>
      )}
      <p className="mt-8 text-sm text-text-quiet">
        Framework of ICT risk: DORA, Art 6. Third parties: Art 28 to 30. Testing: Art 24 to 27.
      </p>
    </>
  );
}

const isSoon = (dueOn: string | null, today: string): boolean =>
  dueOn !== null && Date.parse(dueOn) - Date.parse(today) <= 90 * 86_400_000;

const sum = (figures: readonly Figure[], kind: Kind, of: 'count' | 'overdue'): number =>
  figures.filter((one) => one.kind === kind).reduce((total, one) => total + one[of], 0);

function stateOf({ figures, framework }: OverviewProps): string {
  if (figures.length === 0) return 'Nothing is on record yet.';
  const overdue = figures.reduce((total, one) => total + one.overdue, 0);
  const lacking = new Set(framework.gaps.map((gap) => gap.function)).size;
  const said = [
    overdue === 0
      ? 'nothing is overdue'
      : `${overdue} ${overdue === 1 ? 'record is' : 'records are'} overdue`,
    lacking === 0
      ? 'no critical function lacks anything'
      : `${lacking} critical ${lacking === 1 ? 'function lacks' : 'functions lack'} something`,
  ];
  const sentence = said.join(', ');
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}

function BigFigures({ figures, framework, map }: OverviewProps) {
  const late = (label: string, kind: Kind, asks: ListAsked = { due: 'overdue' }): Shown => {
    const count = sum(figures, kind, 'overdue');
    return {
      label,
      value: <TextLink href={listAddress(kind, asks)}>{count}</TextLink>,
      note: `target 0, of ${sum(figures, kind, 'count')}`,
      noteTone: count === 0 ? 'quiet' : 'danger',
    };
  };
  const { completeness, clauses, contracts, criticalContracts } = framework;
  return (
    <Figures
      figures={[
        {
          label: 'Register filled',
          value: <TextLink href="/resilience/register">{wholeShare(completeness)} %</TextLink>,
          note: 'target 100 %',
        },
        {
          label: 'Contracts in force',
          value: (
            <TextLink href={listAddress('contract', { found: 'in-force' })}>{contracts}</TextLink>
          ),
          note: (
            <>
              <TextLink href={listAddress('contract', { found: 'in-force-critical' })}>
                {criticalContracts}
              </TextLink>{' '}
              for critical functions
            </>
          ),
        },
        {
          label: 'Contracts that lack clauses',
          value:
            clauses.length === 0 ? (
              0
            ) : (
              <TextLink href={listAddress('contract', { found: 'lack-clauses' })}>
                {clauses.length}
              </TextLink>
            ),
          note: 'target 0: DORA, Art 30',
          noteTone: clauses.length === 0 ? 'quiet' : 'caution',
        },
        late('Findings overdue', 'finding'),
        late('Functions to assess again', 'function'),
        late('Assets out of support', 'asset'),
        late('Tests overdue', 'test'),
        late('Tests of plans overdue', 'plan-test'),
        late('Exit tests overdue', 'contract'),
        late('Plan reviews overdue', 'plan'),
        late('Risk reviews overdue', 'risk'),
        {
          label: 'Risks over the appetite, not accepted',
          value: (
            <TextLink href={listAddress('risk', { over: 'yes', state: 'open' })}>
              {map.over}
            </TextLink>
          ),
          note: `target 0, of ${map.count}`,
          noteTone: map.over === 0 ? 'quiet' : 'caution',
        },
      ]}
    />
  );
}

function ComingTable({ coming, today }: OverviewProps) {
  return (
    <Table
      label="Overdue, and due in the next 90 days"
      columns={[
        {
          id: 'name',
          head: 'What',
          cell: ({ kind, id, name, number, dueOn }: Coming) => (
            <>
              <TextLink look="plain" href={recordPath(kind, id)} className="block py-1">
                <bdi className="block max-w-[28rem] whitespace-normal">{name}</bdi>
                <span className="text-sm text-text-quiet">
                  {kindNames[kind][0]} {number}
                </span>
              </TextLink>
              <NarrowLine word={dueWords[kind] ?? 'Day'}>
                <DueMark dueOn={dueOn} today={today} />
              </NarrowLine>
            </>
          ),
        },
        {
          id: 'why',
          head: 'Why',
          quiet: true,
          narrow: 'hidden',
          cell: ({ kind }) => dueWords[kind] ?? '',
        },
        {
          id: 'due',
          head: 'Day',
          narrow: 'hidden',
          cell: ({ dueOn }) => <DueMark dueOn={dueOn} today={today} />,
        },
      ]}
      rows={coming.lines}
      rowKey={({ id }) => id}
      mark={({ dueOn }) => (dueOn < today ? 'danger' : null)}
      empty="Nothing is overdue or due in the next 90 days."
    />
  );
}

const shownMax = 12;

/** Ids that the overview shows by name. */
export const namedIds = ({ gaps, concentrations, clauses }: FrameworkFigures): string[] => [
  ...firstFunctions(gaps),
  ...concentrations.slice(0, shownMax).map(({ provider }) => provider),
  ...mostMissing(clauses).map(({ contract }) => contract),
];

const firstFunctions = (gaps: FrameworkFigures['gaps']): string[] =>
  [...new Set(gaps.map((gap) => gap.function))].slice(0, shownMax);

const mostMissing = (clauses: FrameworkFigures['clauses']): FrameworkFigures['clauses'] =>
  clauses.toSorted((a, b) => b.missing - a.missing).slice(0, shownMax);

function Gaps({ framework, names }: OverviewProps) {
  const { gaps } = framework;
  const functions = [...new Set(gaps.map((gap) => gap.function))];
  return (
    <section aria-label="Critical functions that lack something">
      <SectionHeading>Critical functions that lack something</SectionHeading>
      {functions.length === 0 ? (
        <p className="text-text-quiet">
          Every critical or important function has objectives, a plan, a test in the last twelve
          months, and assessments and exit plans for its contracts.
        </p>
      ) : (
        <Panel>
          {functions.slice(0, shownMax).map((id) => (
            <PanelRow
              key={id}
              title={
                <TextLink look="plain" href={recordPath('function', id)}>
                  <bdi>{names[id] ?? 'A function'}</bdi>
                </TextLink>
              }
              aside={
                <StatusMark shape="triangle" tone="caution">
                  {gaps.filter((gap) => gap.function === id).length} missing
                </StatusMark>
              }
            >
              {[
                ...new Set(
                  gaps.filter((gap) => gap.function === id).map(({ what }) => gapWords[what]),
                ),
              ].join('. ')}
              .
            </PanelRow>
          ))}
          <CountsRow counts={countGaps(framework)} />
          {functions.length > shownMax && (
            <PanelRow>
              <TextLink href={listAddress('function', { found: 'gaps' })}>
                All {functions.length}
              </TextLink>
            </PanelRow>
          )}
        </Panel>
      )}
    </section>
  );
}

function Concentrations({ framework, names }: OverviewProps) {
  const { concentrations } = framework;
  return (
    <section id="concentration" aria-label="Concentration">
      <SectionHeading>Concentration</SectionHeading>
      {concentrations.length === 0 ? (
        <p className="text-text-quiet">
          No provider or group stands behind several critical functions, and none is hard to
          substitute, far down a chain or outside the European Economic Area.
        </p>
      ) : (
        <Panel>
          {concentrations.slice(0, shownMax).map((one) => (
            <PanelRow
              key={`${one.kind} ${one.provider} ${one.contracts.join(' ')}`}
              title={
                <TextLink look="plain" href={recordPath('provider', one.provider)}>
                  <bdi>{names[one.provider] ?? 'A provider'}</bdi>
                </TextLink>
              }
              aside={<span className="text-sm text-text-quiet">{one.article}</span>}
            >
              {concentrationWords(one)}.
            </PanelRow>
          ))}
          <CountsRow counts={countConcentrations(framework)} />
          {concentrations.length > shownMax && (
            <PanelRow>
              And {concentrations.length - shownMax} more.{' '}
              <TextLink href={listAddress('provider', { found: 'concentration' })}>
                All the providers
              </TextLink>
            </PanelRow>
          )}
        </Panel>
      )}
    </section>
  );
}

/** Contracts in force that lack most, with how many clauses each. */
function Clauses({ framework: { clauses }, names }: OverviewProps) {
  if (clauses.length === 0) return null;
  return (
    <section id="clauses" aria-label="Contracts that lack clauses">
      <SectionHeading>Contracts that lack clauses of Art 30</SectionHeading>
      <Panel>
        {mostMissing(clauses).map(({ contract, missing }) => (
          <PanelRow
            key={contract}
            title={
              <TextLink look="plain" href={recordPath('contract', contract)}>
                <bdi>{names[contract] ?? 'A contract'}</bdi>
              </TextLink>
            }
            aside={
              <StatusMark shape="triangle" tone="caution">
                {missing} missing
              </StatusMark>
            }
          />
        ))}
        {clauses.length > shownMax && (
          <PanelRow>
            <TextLink href={listAddress('contract', { found: 'lack-clauses' })}>
              All {clauses.length}
            </TextLink>
          </PanelRow>
        )}
      </Panel>
    </section>
  );
}
