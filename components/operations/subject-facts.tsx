import type { OperationView } from '#lib/operations/view-operation.ts';
import { Footing, type Description } from '../ui/description-list.tsx';
import { AddressBlock, Code } from '../ui/grouped.tsx';
import { Time } from '../ui/time.tsx';
import { AddressFact, agoText, chainName } from './address-fact.tsx';
import { RosterChanges } from './roster-changes.tsx';
import { TierName } from './tier-name.tsx';

/** What the operation is about, by its kind, read from the intent that is signed. */
export function subjectFacts(view: OperationView, serverNow: string): Description[] {
  switch (view.intent.kind) {
    case 'withdrawal':
      return withdrawalFacts(view, view.intent, serverNow);
    case 'destination-listing':
      return listingFacts(view, view.intent.destination);
    case 'key-ceremony':
      return ceremonyFacts(view.intent);
    case 'roster-change':
      return [{ term: 'Changes', detail: view.roster && <RosterChanges diff={view.roster} /> }];
  }
}

type IntentOf<K extends OperationView['kind']> = Extract<OperationView['intent'], { kind: K }>;

function withdrawalFacts(
  view: OperationView,
  intent: IntentOf<'withdrawal'>,
  serverNow: string,
): Description[] {
  return [
    {
      term: 'To',
      detail: (
        <AddressFact address={intent.destination.address}>
          <DestinationHistory view={view} chain={intent.chain} serverNow={serverNow} />
        </AddressFact>
      ),
    },
    ...(view.vault
      ? [
          {
            term: 'From',
            detail: (
              <>
                {view.vault.name}, <TierName tier={view.vault.tier} /> vault
                <Footing>
                  <AddressBlock address={view.vault.address} />
                </Footing>
              </>
            ),
          },
        ]
      : []),
    ...(intent.memo === null
      ? []
      : [
          {
            term: 'Memo',
            detail: (
              <>
                <span className="figures-mono">{intent.memo}</span>
                <Footing>Written on the chain, for everybody to read.</Footing>
              </>
            ),
          },
        ]),
    { term: 'Why', detail: view.reason ?? 'The reason was erased.' },
  ];
}

function DestinationHistory({
  view,
  chain,
  serverNow,
}: {
  view: OperationView;
  chain: string;
  serverNow: string;
}) {
  const { destination } = view;
  if (!destination) return <>Not on the list of destinations any more · {chainName(chain)}</>;
  const { label, listedAt, timesUsed, lastUsedAt } = destination;
  return (
    <>
      “{label}” · {chainName(chain)} ·{' '}
      {listedAt === null ? 'not listed' : `listed ${agoText(listedAt, serverNow)}`} ·{' '}
      {timesUsed === 0 && 'never used before'}
      {timesUsed > 0 && `used ${timesUsed === 1 ? 'once' : `${timesUsed} times`}`}
      {lastUsedAt !== null && (
        <>
          , last <Time instant={lastUsedAt} style="day" />
        </>
      )}
    </>
  );
}

function listingFacts(
  view: OperationView,
  destination: IntentOf<'destination-listing'>['destination'],
): Description[] {
  return [
    {
      term: 'Address',
      detail: (
        <AddressFact address={destination.address}>
          {view.destination ? `“${view.destination.label}” · ` : ''}
          {chainName(destination.chain)} · {destination.asset}
        </AddressFact>
      ),
    },
    { term: 'Client', detail: destination.client },
    {
      term: 'Effect',
      detail:
        'Once every party has taken it over, withdrawals of this client may go to this address. Each still needs its own statements.',
    },
  ];
}

function ceremonyFacts(intent: IntentOf<'key-ceremony'>): Description[] {
  const { vault, parties, threshold, suite, key } = intent;
  return [
    {
      term: 'Vault',
      detail: (
        <>
          <Code>{vault.id}</Code>, <TierName tier={vault.tier} /> · {chainName(vault.chain)}
        </>
      ),
    },
    {
      term: 'Shares',
      detail: (
        <>
          One share each for parties {parties.join(', ')}; any {threshold} of them sign together.
          <Footing>
            No party ever sees another’s share, and nobody ever holds the whole key.
          </Footing>
        </>
      ),
    },
    {
      term: 'Key',
      detail: (
        <>
          <Code>{key}</Code>
          <Footing>{suite}</Footing>
        </>
      ),
    },
  ];
}
