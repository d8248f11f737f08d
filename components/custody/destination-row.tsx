import type { DestinationView } from '#lib/operations/list-destinations.ts';
import { agoText, chainName } from '../operations/address-fact.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { AddressBlock } from '../ui/grouped.tsx';
import { PanelRow } from '../ui/panel.tsx';
import { StatusMark } from '../ui/status-mark.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { Time } from '../ui/time.tsx';
import { classWords, markOf, wordOf } from './destination-words.ts';

/** One address in a list of the book: whole, where it stands, and what can be done with it. */
export function DestinationRow({
  destination,
  serverNow,
  can,
}: {
  destination: DestinationView;
  serverNow: string;
  can: { list: boolean; withdraw: boolean };
}) {
  const { id, client, label, asset, chain, address, standing } = destination;
  const mark = markOf(destination);
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
      <span
        className={`flex flex-wrap items-center justify-between gap-x-4 gap-y-1 ${standing === 'removed' ? '' : 'text-text'}`}
      >
        <AddressBlock address={address} />
        {/* Nothing is sent to a removed one any more, so it is not offered to be taken along. */}
        {standing !== 'removed' && (
          <CopyButton text={address} what={`the address “${label}” of ${client}`} />
        )}
      </span>
      <span className="mt-1 flex flex-wrap gap-x-4 gap-y-1">
        <span className="flex flex-wrap gap-x-4 gap-y-1">
          <Dates destination={destination} serverNow={serverNow} />
        </span>
        <span className="flex flex-wrap gap-x-4 gap-y-1">
          <TextLink href={`/destinations/${id}`}>Its record</TextLink>
          {destination.state === 'listed' && can.list && (
            <TextLink href={`/destinations/${id}/certify`}>Certify again</TextLink>
          )}
          {standing === 'usable' && can.withdraw && (
            <TextLink href={`/raise?client=${client}&destination=${id}`}>
              Raise a withdrawal to it
            </TextLink>
          )}
        </span>
      </span>
    </PanelRow>
  );
}

function Dates({ destination, serverNow }: { destination: DestinationView; serverNow: string }) {
  const { state, standing, listedAt, removedAt, expiresAt, isDue } = destination;
  if (removedAt !== null)
    return (
      <span>
        removed <Time instant={removedAt} style="day" />
      </span>
    );
  return (
    <>
      {listedAt !== null && <span>listed {agoText(listedAt, serverNow)}</span>}
      {state === 'listed' && (
        <span className={isDue ? 'text-caution' : ''}>
          certified until <Time instant={expiresAt} style="day" />
          {isDue && standing !== 'expired' && ': certify it again'}
        </span>
      )}
    </>
  );
}
