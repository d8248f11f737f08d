import { channels, rights } from '#lib/privacy/requests/life.ts';
import type { RequestsView } from '#lib/privacy/requests/list-requests.ts';
import type { RequestLine } from '#lib/privacy/requests/request-line.ts';
import { LiveRefresh } from '../../live/live-refresh.tsx';
import { countOf } from '../../operations/counts.ts';
import { KeysSwitch } from '../../operations/keys-switch.tsx';
import { ListFoot } from '../../operations/list-foot.tsx';
import { Pager } from '../../operations/pager.tsx';
import { Code } from '../../ui/grouped.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { NarrowLine } from '../../ui/narrow-line.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Table, type Column } from '../../ui/table.tsx';
import { TextLink } from '../../ui/text-link.tsx';
import { Time } from '../../ui/time.tsx';
import { EnterRequest } from './enter-request.tsx';
import { ImportMessage } from './import-message.tsx';
import { RequestStateMark, TimeLeft } from './request-marks.tsx';
import { requestPath, requestsAddress, requestsPath } from './requests-address.ts';
import { RequestsFilterForm } from './requests-filter-form.tsx';

export const requestColumns: readonly Column<RequestLine>[] = [
  {
    id: 'number',
    head: 'Request',
    cell: (row) => (
      <>
        <TextLink look="plain" href={requestPath(row.number)} className="block py-1">
          <Code>{row.number}</Code>
          <span className="block">{rights[row.right].name}</span>
        </TextLink>
        <NarrowLine word="State">
          <RequestStateMark state={row.state} />
        </NarrowLine>
        <NarrowLine word="Time">
          <TimeLeft clock={row.clock} />
        </NarrowLine>
        <NarrowLine word="About">{row.personId ?? 'nobody identified'}</NarrowLine>
      </>
    ),
  },
  {
    id: 'state',
    narrow: 'hidden',
    head: 'State',
    cell: ({ state }) => <RequestStateMark state={state} />,
  },
  {
    id: 'time',
    narrow: 'hidden',
    head: 'Time left',
    cell: ({ clock }) => <TimeLeft clock={clock} />,
  },
  {
    id: 'about',
    narrow: 'hidden',
    head: 'About',
    cell: ({ personId }) =>
      personId === null ? (
        <span className="text-text-quiet">Nobody identified</span>
      ) : (
        <TextLink look="plain" href={`/privacy/people/${personId}`}>
          <Code>{personId}</Code>
        </TextLink>
      ),
  },
  {
    id: 'channel',
    narrow: 'hidden',
    head: 'Came by',
    quiet: true,
    cell: ({ channel }) => channels[channel],
  },
  {
    id: 'received',
    narrow: 'hidden',
    head: 'Received',
    align: 'end',
    quiet: true,
    cell: ({ receivedAt }) => <Time instant={receivedAt} style="day" />,
  },
];

export const isOverdue = ({ clock }: Pick<RequestLine, 'clock'>): boolean =>
  clock !== null && clock.daysLeft !== null && clock.daysLeft < 0;

const crumbs = [{ label: 'Data protection', href: '/privacy' }, { label: 'Requests' }];

/** In place of the list where an address asks for what can't be asked for. */
export const RequestsRefused = ({ sentence }: { sentence: string }) => (
  <>
    <PageHeader crumbs={crumbs} title="Requests" />
    <Notice
      tone="danger"
      title="This can’t be looked for."
      action={<LinkButton href={requestsPath}>Show what is open</LinkButton>}
    >
      {sentence}
    </Notice>
  </>
);

/** Requests of people about their data: what is open, and everything there ever was. */
export function RequestsScreen({ view }: { view: RequestsView }) {
  const { filter, rows, next, can, serverNow } = view;
  const isFirst = filter.after === null;
  const overdue = rows.filter(isOverdue).length;
  return (
    <>
      <PageHeader
        crumbs={crumbs}
        title="Requests"
        state="What people ask about their data. A month runs from each receipt."
        action={
          can.work && (
            <>
              <ImportMessage serverNow={serverNow} />
              <EnterRequest serverNow={serverNow} />
            </>
          )
        }
      />
      {isFirst && <LiveRefresh topics={['privacy-requests']} />}
      <RequestsFilterForm filter={filter} />
      <Table
        label="Requests, newest first"
        columns={requestColumns}
        rows={rows}
        rowKey={({ id }) => id}
        mark={(row) => (isOverdue(row) ? 'danger' : null)}
        empty={
          filter.standing === 'open'
            ? 'Nobody waits for an answer. Requests come by the public form, as a message, or are entered here.'
            : 'There is none of this kind.'
        }
        foot={
          <ListFoot count={countOf(rows.length, 'request')} isFirst={isFirst} next={next}>
            {overdue > 0 && `, ${overdue} overdue`}
          </ListFoot>
        }
        footEnd={<KeysSwitch />}
      />
      <Pager
        first={isFirst ? null : requestsAddress(filter, null)}
        next={next && requestsAddress(filter, next)}
        what="requests"
      />
      <p className="mt-6 text-sm text-text-quiet">
        Time left is as it was counted when something last happened; the page of a request counts it
        anew. GDPR, Art 12 and 15 to 22.
      </p>
    </>
  );
}
