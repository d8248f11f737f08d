import type { DestinationView } from '#lib/operations/list-destinations.ts';
import { LiveRefresh } from '../live/live-refresh.tsx';
import { agoText, chainName } from '../operations/address-fact.tsx';
import { countOf } from '../operations/counts.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { AddressBlock } from '../ui/grouped.tsx';
import { LinkButton } from '../ui/link-button.tsx';
import { PageHeader, SectionHeading } from '../ui/page-header.tsx';
import { Panel, PanelRow } from '../ui/panel.tsx';
import { classWords, standingMarks, wordOf } from './destination-words.ts';
import { StatusMark } from '../ui/status-mark.tsx';
import { TextLink } from '../ui/text-link.tsx';

export type DestinationsScreenProps = {
  destinations: readonly DestinationView[];
  /** Only this client's, when the page's address names one. */
  client: string | null;
  serverNow: string;
  can: { list: boolean; withdraw: boolean };
};

/** The book of addresses, by client. Only what stands here as listed can be paid. */
export function DestinationsScreen({
  destinations,
  client,
  serverNow,
  can,
}: DestinationsScreenProps) {
  const byClient = Map.groupBy(destinations, (destination) => destination.client);
  const action = can.list && (
    <LinkButton
      tone={destinations.length === 0 ? 'secondary' : 'primary'}
      href={client === null ? '/destinations/new' : `/destinations/new?client=${client}`}
    >
      List an address
    </LinkButton>
  );
  return (
    <>
      <PageHeader
        title="Destinations"
        state={
          client === null ? (
            `${countOf(destinations.length, 'address', 'addresses')} of ${countOf(byClient.size, 'client')}. Each party keeps its own copy and pays nothing else.`
          ) : (
            <>
              Addresses of client {client}. <TextLink href="/destinations">All clients</TextLink>
            </>
          )
        }
        action={action}
      />
      <LiveRefresh topics={['operations', 'destinations']} />
      {destinations.length === 0 && (
        <EmptyState title="No address is listed" action={action}>
          A client’s withdrawals can only go to addresses that an approver of Control and a
          co-signer of Custody have put on this list.
        </EmptyState>
      )}
      <div className="space-y-6">
        {[...byClient].map(([id, addresses]) => (
          <section key={id}>
            <SectionHeading>{id}</SectionHeading>
            <Panel label={`Addresses of ${id}`}>
              {addresses.map((destination) => (
                <Destination
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
    </>
  );
}

function Destination({
  destination,
  serverNow,
  can,
}: {
  destination: DestinationView;
  serverNow: string;
  can: DestinationsScreenProps['can'];
}) {
  const { id, client, label, asset, chain, address, listedAt } = destination;
  const mark = standingMarks[destination.standing];
  return (
    <PanelRow
      title={
        <>
          <bdi>{label}</bdi>{' '}
          <span className="font-normal text-text-quiet">
            · {asset} · {chainName(chain)} · {wordOf(classWords, destination.class)}
          </span>
        </>
      }
      aside={
        <StatusMark shape={mark.shape} tone={mark.tone}>
          {mark.words}
        </StatusMark>
      }
    >
      <span className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 text-text">
        <AddressBlock address={address} />
        <CopyButton text={address} what={`the address “${label}” of ${client}`} />
      </span>
      <span className="mt-1 flex flex-wrap gap-x-4 gap-y-1">
        {listedAt !== null && <span>listed {agoText(listedAt, serverNow)}</span>}
        <TextLink href={`/destinations/${id}`}>Its record</TextLink>
        {destination.state === 'listed' && can.list && (
          <TextLink href={`/destinations/${id}/certify`}>Certify again</TextLink>
        )}
        {destination.standing === 'usable' && can.withdraw && (
          <TextLink href={`/raise?client=${client}&destination=${id}`}>
            Raise a withdrawal to it
          </TextLink>
        )}
      </span>
    </PanelRow>
  );
}
