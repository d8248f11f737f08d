import { findingArticle, findingKind } from '#lib/privacy/registers/finding-words.ts';
import type { FindingCount, RegistersView } from '#lib/privacy/registers/view-registers.ts';
import { kindNames, type PrivacyKind } from '#lib/resilience/records/kinds.ts';
import { LiveRefresh } from '../live/live-refresh.tsx';
import { countOf } from '../operations/counts.ts';
import { listPath, newPath, privacyRegistersPath, recordPath } from '../resilience/kind-address.ts';
import { listAddress } from '../resilience/list-query.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Code } from '../ui/grouped.tsx';
import { LinkButton } from '../ui/link-button.tsx';
import { PageHeader, SectionHeading } from '../ui/page-header.tsx';
import { Panel, PanelRow } from '../ui/panel.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { AdequacyTable } from './adequacy-table.tsx';
import { FindingMark } from './finding-mark.tsx';
import { PrivacyTabs } from './privacy-tabs.tsx';

/** How the registers of data protection stand: how much is on record, and what is missing or wrong. */
export function RegistersScreen({ view }: { view: RegistersView }) {
  const { kinds, counts, canWrite, today } = view;
  const isEmpty = kinds.every(({ count }) => count === 0);
  return (
    <>
      <PageHeader
        title="Data protection registers"
        state={stateOf(view)}
        action={!isEmpty && <ExportLinks />}
      />
      <PrivacyTabs current={privacyRegistersPath} />
      <LiveRefresh topics={['resilience']} />
      {isEmpty ? (
        <EmptyState
          title="Nothing is on record yet."
          action={
            canWrite && (
              <LinkButton tone="primary" href={newPath('party')}>
                Record the controller
              </LinkButton>
            )
          }
        >
          Begin with the controller and the data protection officer. Activities, assessments,
          transfers, processors, notices and consents then name them.
        </EmptyState>
      ) : (
        <div className="space-y-10">
          <section aria-label="Registers">
            <SectionHeading>Registers</SectionHeading>
            <Table
              label="Registers"
              columns={columns}
              rows={kinds}
              rowKey={({ kind }) => kind}
              empty="There is no register."
            />
          </section>
          <section aria-label="What is missing or wrong">
            <SectionHeading>What is missing or wrong</SectionHeading>
            <Panel>
              {counts.length === 0 && <PanelRow>Nothing. What the law asks is there.</PanelRow>}
              {counts.map((one) => (
                <PanelRow
                  key={one.code}
                  title={<FindingMark code={one.code} weight={one.weight} />}
                  aside={<TextLink href={listOf(one)}>{countWords(one)}</TextLink>}
                >
                  {findingArticle(one.code)}
                </PanelRow>
              ))}
            </Panel>
          </section>
          <EachFinding view={view} />
        </div>
      )}
      <AdequacyTable today={today} />
      <p className="mt-8 text-sm text-text-quiet">
        Record of processing: GDPR, Art 30. Assessments: Art 35 and 36. Transfers: Art 44 to 49.
        Processors: Art 28. Notices: Art 13 and 14. Consents: Art 7.
      </p>
    </>
  );
}

/** The files say who they are for; who took one and which is on record. */
const ExportLinks = () => (
  <span className="flex flex-wrap gap-2">
    {(['pdf', 'csv', 'json'] as const).map((format) => (
      <LinkButton key={format} href={`/api/privacy/processing?format=${format}`} download>
        Art 30 as {format.toUpperCase()}
      </LinkButton>
    ))}
  </span>
);

function stateOf({ kinds, findings, warnings }: RegistersView): string {
  const records = kinds.reduce((sum, { count }) => sum + count, 0);
  if (records === 0) return 'Nothing is on record yet.';
  const found = [countOf(findings, 'finding'), countOf(warnings, 'warning')].join(' and ');
  return `${countOf(records, 'record')}, ${findings + warnings === 0 ? 'nothing is missing' : found}.`;
}

/** Contracts stand in the register of third parties; what is missing there is a transfer. */
const listOf = ({ code, kind }: FindingCount): string =>
  kind === 'contract'
    ? listAddress('contract', { found: 'without-transfer' })
    : listAddress(kind, { finding: code });

const countWords = ({ kind, count }: FindingCount): string => {
  const [one, several] = kindNames[kind];
  return `${count} ${(count === 1 ? one : several).toLowerCase()}`;
};

type Register = RegistersView['kinds'][number];

const columns: readonly Column<Register>[] = [
  {
    id: 'register',
    head: 'Register',
    cell: ({ kind }) => <TextLink href={listPath(kind)}>{kindNames[kind][1]}</TextLink>,
  },
  { id: 'count', head: 'On record', align: 'end', cell: ({ count }) => count },
  {
    id: 'open',
    head: 'With something missing or wrong',
    align: 'end',
    cell: ({ kind, open }) => <Many kind={kind} count={open} />,
  },
];

const Many = ({ kind, count }: { kind: PrivacyKind; count: number }) =>
  count === 0 ? 'None' : <TextLink href={listAddress(kind, { finding: 'any' })}>{count}</TextLink>;

function EachFinding({ view: { shown, findings, warnings } }: { view: RegistersView }) {
  const all = findings + warnings;
  if (shown.length === 0) return null;
  return (
    <section aria-label="Each finding">
      <SectionHeading>Each finding</SectionHeading>
      <Panel>
        {shown.map(({ code, record, number, name, sentence, field }) => (
          <PanelRow
            key={`${code} ${record} ${field ?? ''}`}
            title={
              <TextLink look="plain" href={recordPath(findingKind(code), record)}>
                <bdi>{name}</bdi>
              </TextLink>
            }
            aside={<Code>{number}</Code>}
          >
            {sentence} {findingArticle(code)}.
          </PanelRow>
        ))}
      </Panel>
      {all > shown.length && (
        <p className="mt-2 text-sm text-text-quiet">
          The first {shown.length} of {all}; the lists above show all of each.
        </p>
      )}
    </section>
  );
}
