import type { ReactNode } from 'react';
import { findChain } from '#lib/chains/registry.ts';
import type { OperationView } from '#lib/operations/view-operation.ts';
import { Footing, type Description } from '../ui/description-list.tsx';
import { AddressBlock, Code } from '../ui/grouped.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { Time } from '../ui/time.tsx';
import { listingFacts, removalFacts } from '../custody/listing-facts.tsx';
import { ChangesList } from '../policy/changes-list.tsx';
import { AddressFact, agoText, chainName } from './address-fact.tsx';
import { EurValueText } from './eur-value.tsx';
import { controlFacts } from './control-facts.tsx';
import { keyWorkFacts } from './key-work-facts.tsx';
import { suiteName } from '../keys/suite-words.ts';
import { RosterChanges } from './roster-changes.tsx';
import { stopFacts } from './stop-facts.tsx';
import { TierName } from './tier-name.tsx';
import { tokenFact } from './token-fact.tsx';
import { transferFacts } from './transfer-facts.tsx';

/** What the operation is about, by its kind, read from the intent that is signed. */
export function subjectFacts(view: OperationView, serverNow: string): Description[] {
  switch (view.intent.kind) {
    case 'withdrawal':
      return withdrawalFacts(view, view.intent, serverNow);
    case 'vault-transfer':
      return transferFacts(view, view.intent);
    case 'destination-listing':
      return listingFacts(view, view.intent.destination);
    case 'destination-removal':
      return removalFacts(view, view.intent.destination);
    case 'key-ceremony':
      return ceremonyFacts(view, view.intent);
    case 'key-refresh':
    case 'key-repair':
    case 'key-backup':
      return keyWorkFacts(view.intent);
    case 'proof-of-control':
      return controlFacts(view.intent);
    case 'roster-change':
      return view.roster ? rosterFacts(view.roster) : [];
    case 'policy-change':
      return view.policyChange ? policyFacts(view.policyChange) : [];
    case 'freeze':
    case 'release':
    case 'revocation':
      return stopFacts(view);
    default:
      return [];
  }
}

const rosterFacts = (diff: NonNullable<OperationView['roster']>): Description[] => [
  { term: 'Changes', detail: <RosterChanges diff={diff} /> },
  {
    term: 'Effect',
    detail: diff.tightens
      ? 'It only takes something away: nobody may do anything by it that they could not do before.'
      : 'It gives somebody a say, or can’t be told for sure not to: it waits out the time-lock, and any one officer may end it meanwhile.',
  },
];

function policyFacts(change: NonNullable<OperationView['policyChange']>): Description[] {
  const { before, version, changes, tightens } = change;
  return [
    {
      term: 'Changes',
      detail:
        before === null ? (
          <span className="text-caution">
            The version that it follows is not on record here, so what changes can’t be shown. Do
            not approve it.
          </span>
        ) : (
          <>
            <ChangesList changes={changes} />
            <Footing>
              Version {version} after{' '}
              <TextLink href={`/policy/versions/${before}`}>{before}</TextLink>. Everything else
              stays as it is; signed is the whole of version {version}.
            </Footing>
          </>
        ),
    },
    {
      term: 'Effect',
      detail: tightens
        ? 'It tightens: what was not allowed before is not allowed by it either.'
        : 'It loosens, or can’t be told for sure not to: it waits out the time-lock, and any one officer may end it meanwhile.',
    },
  ];
}

/** Says in a line of its own which of the facts above are only the console's to say. */
function Unsigned({ children }: { children: ReactNode }) {
  return <span className="block">{children}</span>;
}

type IntentOf<K extends OperationView['kind']> = Extract<OperationView['intent'], { kind: K }>;

function withdrawalFacts(
  view: OperationView,
  intent: IntentOf<'withdrawal'>,
  serverNow: string,
): Description[] {
  const facts = findChain(intent.chain);
  const isByOwner = facts?.accounts === 'by-owner';
  return [
    {
      term: 'To',
      detail: (
        <AddressFact address={intent.destination.address}>
          <DestinationHistory view={view} chain={intent.chain} serverNow={serverNow} />
          {view.destination && (
            <Unsigned>
              You sign the address. Its name and history are from the console and not signed.
            </Unsigned>
          )}
        </AddressFact>
      ),
    },
    ...(view.vault
      ? [
          {
            term: 'From',
            detail: (
              <>
                <bdi>{view.vault.name}</bdi>, <TierName tier={view.vault.tier} /> vault
                <Footing>
                  <AddressBlock address={view.vault.address} />
                  {facts?.family === 'bitcoin' && (
                    <Unsigned>
                      Deposits come here; it has a second address, for its change.
                    </Unsigned>
                  )}
                  {isByOwner ? (
                    <Unsigned>
                      The account of {intent.client} alone; each party works it out from the vault’s
                      key. You sign the client and the vault’s id <Code>{intent.vault}</Code>, not
                      its name.
                    </Unsigned>
                  ) : (
                    <Unsigned>
                      You sign the vault’s id <Code>{intent.vault}</Code>. Its name and address are
                      from the console and not signed.
                    </Unsigned>
                  )}
                </Footing>
              </>
            ),
          },
        ]
      : []),
    ...tokenFact(intent),
    {
      term: 'EUR value',
      detail: (
        <>
          <EurValueText value={view.eurValue} asset={intent.asset} />
          <Footing>Each party checks for itself who signed the price and how old it is.</Footing>
        </>
      ),
    },
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
    {
      term: 'Why',
      detail: (
        <>
          {view.reason === null ? 'The reason was erased.' : <bdi>{view.reason}</bdi>}
          <Footing>Kept beside what is signed, which holds only a fingerprint of it.</Footing>
        </>
      ),
    },
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
      “<bdi>{label}</bdi>” · {chainName(chain)} ·{' '}
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

function ceremonyFacts(view: OperationView, intent: IntentOf<'key-ceremony'>): Description[] {
  const { vault, parties, threshold, suite, key } = intent;
  return [
    {
      term: 'Vault',
      detail: (
        <>
          <Code>{vault.id}</Code>, <TierName tier={vault.tier} /> · {chainName(vault.chain)}
          {view.reason !== null && (
            <Footing>
              You sign the id. The name “<bdi>{view.reason}</bdi>” is from the raiser and not
              signed.
            </Footing>
          )}
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
          <Footing>
            {suiteName(suite)} ({suite})
          </Footing>
        </>
      ),
    },
  ];
}
