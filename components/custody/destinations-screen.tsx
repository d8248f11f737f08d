import type { ReactNode } from 'react';
import type { DestinationBook } from '#lib/operations/list-destination-book.ts';
import { LiveRefresh } from '../live/live-refresh.tsx';
import { countOf } from '../operations/counts.ts';
import { Pager } from '../operations/pager.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { LinkButton } from '../ui/link-button.tsx';
import { PageHeader, SectionHeading } from '../ui/page-header.tsx';
import { Panel } from '../ui/panel.tsx';

import { DestinationFilterForm } from './destination-filter-form.tsx';
import { DestinationRow } from './destination-row.tsx';
import { filterAddress, isFiltered } from './filter-address.ts';
import { nextMoment } from './next-moment.ts';
import { RefreshAt } from './refresh-at.tsx';

export type DestinationsScreenProps = {
  book: DestinationBook;
  serverNow: string;
  can: { list: boolean; withdraw: boolean };
};

/** The book of addresses, by client. Only what stands here as listed can be paid. */
export function DestinationsScreen(props: DestinationsScreenProps) {
  const { book, serverNow, can } = props;
  const { filter, fault, rows, count, next, assets } = book;
  const moment = nextMoment(rows, serverNow);
  const byClient = Map.groupBy(rows, (destination) => destination.client);
  const isEmpty = count === 0 && !isFiltered(filter);
  const action = can.list && (
    <LinkButton
      tone={isEmpty ? 'secondary' : 'primary'}
      href={
        filter.client === null ? '/destinations/new' : `/destinations/new?client=${filter.client}`
      }
    >
      List an address
    </LinkButton>
  );
  return (
    <>
      <PageHeader
        title="Destinations"
        state={`${countOf(count, 'address', 'addresses')}${isFiltered(filter) ? ' found' : ' on the list or proposed for it'}. Each party keeps its own copy of the list and pays nothing else.`}
        action={action}
      />
      <LiveRefresh topics={['operations', 'destinations']} />
      {moment !== null && <RefreshAt key={moment} instant={moment} serverNow={serverNow} />}
      {!(isEmpty && assets.length === 0) && (
        <DestinationFilterForm filter={filter} assets={assets} fault={fault} />
      )}
      {count === 0 && <NothingFound isEmpty={isEmpty} action={action} />}
      {count > 0 && rows.length === 0 && (
        <EmptyState
          title="Nothing is left on this page"
          action={<LinkButton href={filterAddress(filter, null)}>First page</LinkButton>}
        >
          Its addresses were removed, or no longer stand as you asked.
        </EmptyState>
      )}
      <div className="space-y-6">
        {[...byClient].map(([id, addresses]) => (
          <section key={id}>
            <SectionHeading>{id}</SectionHeading>
            <Panel label={`Addresses of ${id}`}>
              {addresses.map((destination) => (
                <DestinationRow
                  key={destination.id}
                  destination={destination}
                  serverNow={serverNow}
                  can={can}
                />
              ))}
            </Panel>
          </section>
        ))}
      </div>
      <Pager
        first={filter.after === null ? null : filterAddress(filter, null)}
        next={next && filterAddress(filter, next)}
        what="addresses"
        words={{ first: 'First', next: 'More' }}
      />
    </>
  );
}

function NothingFound({ isEmpty, action }: { isEmpty: boolean; action: ReactNode }) {
  return isEmpty ? (
    <EmptyState title="No address is listed" action={action}>
      A client’s withdrawals can only go to addresses that an approver of Control and a co-signer of
      Custody have put on this list.
    </EmptyState>
  ) : (
    <EmptyState
      title="No address is like that"
      action={<LinkButton href="/destinations">Show the whole list</LinkButton>}
    >
      Ask for less above. What was removed is found only where the standing says so.
    </EmptyState>
  );
}
