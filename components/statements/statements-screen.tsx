import type { PositionsView } from '#lib/operations/positions/view-positions.ts';
import { LiveRefresh } from '../live/live-refresh.tsx';
import { countOf } from '../operations/counts.ts';
import { Pager } from '../operations/pager.tsx';
import { PageHeader, SectionHeading } from '../ui/page-header.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { BatchesTable } from './batches-table.tsx';
import { DueTable } from './due-table.tsx';
import { IssueForm } from './issue-form.tsx';
import { IssuedTable } from './issued-table.tsx';
import { NoValueNote } from './no-value-note.tsx';
import { statementTopics } from './statement-words.ts';

function stateOf({ clients, overdue }: PositionsView): string {
  if (clients === 0) return 'No client has an account yet.';
  const rule = 'each client gets one at least every three months, and whenever it asks.';
  return overdue === 0
    ? `No statement is overdue: ${rule}`
    : `${countOf(overdue, 'statement')} overdue: ${rule}`;
}

/** Statements of position: what is due, what is being made, what was issued. */
export function StatementsScreen({
  view,
  client,
  isFirst,
}: {
  view: PositionsView;
  /** The one client that is looked at; null for all. */
  client: string | null;
  isFirst: boolean;
}) {
  const { mayIssue, due, clients, batches, issued, next, firstDay } = view;
  const query = client === null ? '' : `client=${client}`;
  return (
    <>
      <PageHeader title="Statements of position" state={stateOf(view)} />
      {isFirst && <LiveRefresh topics={statementTopics} />}
      <div className="space-y-8">
        {mayIssue && isFirst && (
          <section>
            <SectionHeading>Issue a statement</SectionHeading>
            <div className="mb-4 max-w-form">
              <NoValueNote />
            </div>
            <IssueForm key={client ?? ''} client={client ?? ''} from={firstDay} />
          </section>
        )}
        {isFirst && client === null && (
          <>
            <section>
              <SectionHeading>Due next</SectionHeading>
              <DueTable rows={due} clients={clients} />
            </section>
            <section>
              <SectionHeading>For all clients</SectionHeading>
              <BatchesTable rows={batches} />
            </section>
          </>
        )}
        <section>
          <SectionHeading
            action={client !== null && <TextLink href="/statements">Those of all clients</TextLink>}
          >
            {client === null ? 'Issued' : `Issued for ${client}`}
          </SectionHeading>
          <IssuedTable rows={issued} isFirst={isFirst} next={next} />
          <Pager
            first={isFirst ? null : `/statements${query && `?${query}`}`}
            next={next && `/statements?${query && `${query}&`}before=${next}`}
            what="statements"
          />
        </section>
      </div>
    </>
  );
}
