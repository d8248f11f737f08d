/** What a listing, a certification or a removal is about, on the page where it is decided on. */
import type { DestinationListingIntent } from '#lib/protocol/intent.ts';
import type { OperationView } from '#lib/operations/view-operation.ts';
import { AddressFact, chainName } from '../operations/address-fact.tsx';
import { tokenFact } from '../operations/token-fact.tsx';
import { Footing, type Description } from '../ui/description-list.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { certificateFacts } from './certificate-facts.tsx';

/** A listing that was raised after its address came onto the list certifies it again. */
export const isRecertification = ({ destination, raisedAt }: OperationView): boolean =>
  destination !== null &&
  destination.listedAt !== null &&
  Date.parse(raisedAt) > Date.parse(destination.listedAt);

const nameFact = (label: string): Description => ({
  term: 'Name',
  detail: (
    <>
      “<bdi>{label}</bdi>”
      <Footing>From the raiser, for the address book. It is not signed.</Footing>
    </>
  ),
});

const recordFact = (id: string): Description => ({
  term: 'In the book',
  detail: <TextLink href={`/destinations/${id}`}>Its record</TextLink>,
});

export function listingFacts(
  view: OperationView,
  destination: DestinationListingIntent['destination'],
): Description[] {
  const facts = certificateFacts(destination).map((fact) =>
    fact.term === 'Evidence' && view.evidence !== null
      ? {
          ...fact,
          detail: (
            <>
              {fact.detail}
              <Footing>
                <bdi>{view.evidence}</bdi>
              </Footing>
            </>
          ),
        }
      : fact,
  );
  return [
    {
      term: 'Address',
      detail: (
        <AddressFact address={destination.address}>
          {chainName(destination.chain)} · {destination.asset}
        </AddressFact>
      ),
    },
    ...tokenFact(destination),
    ...(view.destination ? [nameFact(view.destination.label)] : []),
    ...facts,
    {
      term: 'Effect',
      detail: isRecertification(view)
        ? 'Only the evidence and the end of the certification change. There is no new cool-down.'
        : 'Once every party has taken it over, withdrawals of this client may go to this address. Each still needs its own statements.',
    },
    recordFact(destination.id),
  ];
}

/** @param id of the destination, which is what is signed; the rest is from the console */
export function removalFacts({ destination, reason }: OperationView, id: string): Description[] {
  const found = destination && {
    term: 'Address',
    detail: (
      <AddressFact address={destination.address}>
        “<bdi>{destination.label}</bdi>” of {destination.client} · {chainName(destination.chain)} ·{' '}
        {destination.asset}
        <span className="block">You sign its id; address and name are from the console.</span>
      </AddressFact>
    ),
  };
  return [
    ...(found ? [found] : []),
    { term: 'Why', detail: reason === null ? 'The reason was erased.' : <bdi>{reason}</bdi> },
    {
      term: 'Effect',
      detail:
        'From the moment a party has it, nothing goes there any more, also of what was approved before.',
    },
    recordFact(id),
  ];
}
