import type { RequestsView } from '#lib/privacy/requests/list-requests.ts';
import { LiveRefresh } from '../../live/live-refresh.tsx';
import { countOf } from '../../operations/counts.ts';
import { KeysSwitch } from '../../operations/keys-switch.tsx';
import { ListFoot } from '../../operations/list-foot.tsx';
import { Pager } from '../../operations/pager.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Table } from '../../ui/table.tsx';
import { EnterRequest } from './enter-request.tsx';
import { ImportMessage } from './import-message.tsx';
import { isOverdue, requestColumns } from './request-columns.tsx';
import { requestsAddress, requestsPath } from './requests-address.ts';
import { RequestsFilterForm } from './requests-filter-form.tsx';

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
