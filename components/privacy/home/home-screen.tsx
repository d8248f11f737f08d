import type { ReactNode } from 'react';
import type { HomeView } from '#lib/privacy/home/view-home.ts';
import { LiveRefresh } from '../../live/live-refresh.tsx';
import { countOf } from '../../operations/counts.ts';
import { Notice } from '../../ui/notice.tsx';
import { PageHeader, SectionHeading } from '../../ui/page-header.tsx';
import { Figures } from '../../ui/panel.tsx';
import { Table } from '../../ui/table.tsx';
import { TextLink } from '../../ui/text-link.tsx';
import { EnterRequest } from '../requests/enter-request.tsx';
import { requestsPath } from '../requests/requests-address.ts';
import { isOverdue, requestColumns } from '../requests/request-columns.tsx';

/** The desk of data protection: what needs somebody today, the most urgent first. */
export function PrivacyHomeScreen({
  view,
  children,
}: {
  view: HomeView;
  /** What else has a day: breaches, erasures that come back, holds to be looked at. */
  children?: ReactNode;
}) {
  const { due, counts, can, isSeatKnown, serverNow } = view;
  return (
    <>
      <PageHeader
        title="Data protection"
        state={homeState(view)}
        action={can.work && <EnterRequest serverNow={serverNow} />}
      />
      <LiveRefresh topics={['privacy-requests']} />
      <div className="space-y-10">
        {!isSeatKnown && (
          <Notice tone="caution" title="No time limit is counted.">
            Where this organisation has its seat decides which days are holidays, and nobody has
            said it. <TextLink href="/incidents/entity">See what is missing</TextLink>.
          </Notice>
        )}
        <Figures
          figures={[
            figure('Waiting for you', counts.mine, 'mine'),
            figure('Without an answer', counts.open, 'open', overWords(counts)),
            figure('Answered, not closed', counts.answered, 'answered'),
          ]}
        />
        <section aria-label="Requests by their day">
          <SectionHeading
            action={
              <TextLink href={requestsPath} className="text-sm">
                All requests
              </TextLink>
            }
          >
            Requests by their day
          </SectionHeading>
          <Table
            label="Requests without an answer, the first due above"
            columns={requestColumns}
            rows={due}
            rowKey={({ id }) => id}
            mark={(row) => (isOverdue(row) ? 'danger' : null)}
            empty="Nobody waits for an answer."
            foot={
              counts.open > due.length
                ? `The first ${due.length} of ${counts.open}`
                : countOf(due.length, 'request')
            }
          />
        </section>
        {children}
      </div>
    </>
  );
}

function homeState({ counts }: HomeView): string {
  if (counts.open === 0) return 'Nobody waits for an answer.';
  const open = `${countOf(counts.open, 'person waits', 'people wait')} for an answer`;
  if (counts.overdue > 0)
    return `${open}, ${counts.overdue} over the day in law: see to ${counts.overdue === 1 ? 'that one' : 'those'} first.`;
  return `${open}, none over the day in law.`;
}

const overWords = ({ overdue, overTarget }: HomeView['counts']): string | undefined =>
  overdue > 0
    ? `${overdue} over the day in law`
    : overTarget > 0
      ? `${overTarget} over our own target`
      : undefined;

const figure = (label: string, count: number, standing: string, note?: string) => ({
  label,
  value: (
    <TextLink
      look="plain"
      href={standing === 'open' ? requestsPath : `${requestsPath}?standing=${standing}`}
    >
      {count}
    </TextLink>
  ),
  ...(note === undefined ? {} : { note, noteTone: 'caution' as const }),
});
