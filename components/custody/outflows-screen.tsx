import type { OutflowPage, OutflowView } from '#lib/operations/list-outflows.ts';
import { seeOutflowAction } from '#lib/operations/actions.ts';
import { LiveRefresh } from '../live/live-refresh.tsx';
import { countOf } from '../operations/counts.ts';
import { Pager } from '../operations/pager.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { LinkButton } from '../ui/link-button.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { StatusMark } from '../ui/status-mark.tsx';
import { SubmitButton } from '../ui/submit-button.tsx';
import { Time } from '../ui/time.tsx';
import { OutflowFacts } from './outflow-facts.tsx';

const stateOf = (rows: readonly OutflowView[]): string => {
  const open = rows.filter(({ seen }) => seen === null).length;
  if (rows.length === 0) return 'Everything that left a vault was sent by an operation here.';
  return open === 0
    ? 'Somebody has looked at each of them. Incidents and reconciliation say what became of them.'
    : `${countOf(open, 'outflow')} on this page nobody has looked at.`;
};

/** What left vaults by transactions that no operation here made. */
export function OutflowsScreen({
  page,
  isFirst,
  maySee,
}: {
  page: OutflowPage;
  isFirst: boolean;
  maySee: boolean;
}) {
  return (
    <>
      <PageHeader
        crumbs={[{ label: 'Vaults', href: '/vaults' }, { label: 'Unexplained outflows' }]}
        title="Unexplained outflows"
        state={stateOf(page.rows)}
        action={<LinkButton href="/freeze">Freeze</LinkButton>}
      />
      {isFirst && <LiveRefresh topics={['alarms']} />}
      {page.rows.length === 0 && (
        <EmptyState title="There is none" action={<LinkButton href="/vaults">Vaults</LinkButton>}>
          Each vault’s address is read every few seconds. What leaves it by a transaction that is
          not on record here appears on every page at once.
        </EmptyState>
      )}
      <div className="space-y-4">
        {page.rows.map((outflow) => (
          <Outflow key={outflow.id} outflow={outflow} maySee={maySee} />
        ))}
      </div>
      <Pager
        what="outflows"
        first={isFirst ? null : '/vaults/outflows'}
        next={page.next && `/vaults/outflows?after=${page.next}`}
      />
    </>
  );
}

function Outflow({ outflow, maySee }: { outflow: OutflowView; maySee: boolean }) {
  const { seen } = outflow;
  return (
    <section
      aria-label={`Outflow ${outflow.incident}`}
      className="rounded-md border border-line bg-surface px-4 py-4"
    >
      <div className="mb-2">
        {seen ? (
          <StatusMark shape="square">
            Seen by <bdi>{seen.by}</bdi>, <Time instant={seen.at} />
          </StatusMark>
        ) : (
          <StatusMark shape="triangle" tone="danger">
            Nobody has looked at it
          </StatusMark>
        )}
      </div>
      <OutflowFacts outflow={outflow} />
      {!seen && maySee && (
        <form action={seeOutflowAction} className="mt-3">
          <input type="hidden" name="outflow" value={outflow.id} />
          <SubmitButton size="small">I have seen it</SubmitButton>
          <p className="mt-1 text-sm text-text-quiet">
            It then no longer stands above every page. It explains nothing: the incident stays open,
            and reconciliation keeps its break.
          </p>
        </form>
      )}
    </section>
  );
}
