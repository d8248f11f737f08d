import { groupName } from '#lib/operations/group-names.ts';
import type { PartiesView, PartyView } from '#lib/operations/view-parties.ts';
import { group as groupSchema } from '#lib/protocol/roster.ts';
import { PartyPageLink } from '../operations/party-page-link.tsx';
import { DescriptionList, Footing, type Description } from '../ui/description-list.tsx';
import { StatusMark } from '../ui/status-mark.tsx';
import { Time } from '../ui/time.tsx';
import { PartyHeads } from './party-heads.tsx';
import { PartyKeys } from './party-keys.tsx';
import { DecidedLast, FreezesHeld, SaysOfOthers, Waits } from './party-lines.tsx';
import { heardByOthers, isSkewed, partyMark, skewText, wordText } from './party-words.ts';

export type PartyCardProps = { party: PartyView; view: PartiesView; serverNow: string };

function groupText(name: string | null): string {
  const known = groupSchema.safeParse(name);
  return known.success ? groupName(known.data) : 'not in the roster';
}

/** One party: what it said about itself when it was asked last, or why it said nothing. */
export function PartyCard(props: PartyCardProps) {
  const { party } = props;
  const mark = partyMark(party);
  const word = wordText(party.status?.word ?? null);
  return (
    <section
      aria-label={`Party ${party.name}`}
      className="min-w-0 rounded-md border border-line bg-surface px-4 py-3"
    >
      <div className="mb-2 flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h3 className="font-strong">
          {party.name}{' '}
          <span className="font-normal text-text-quiet">
            · {groupText(party.group)} · {party.isCold ? 'without a network' : 'with a network'}
          </span>
        </h3>
        <StatusMark shape={mark.shape} tone={mark.tone}>
          {mark.words}
        </StatusMark>
      </div>
      {word !== null && <p className="mb-2 text-sm text-danger">{word}</p>}
      <DescriptionList look="compact" items={itemsOf(props)} />
    </section>
  );
}

function itemsOf(props: PartyCardProps): Description[] {
  const { party, view, serverNow } = props;
  const { status, origin } = party;
  const own: Description[] =
    origin === null
      ? []
      : [
          {
            term: 'Own page',
            detail: (
              <span className="break-all">
                <PartyPageLink address={origin}>{origin}</PartyPageLink>
              </span>
            ),
          },
        ];
  if (!status) return [{ term: 'Last heard', detail: <Silent {...props} /> }, ...own];
  return [
    { term: 'Last heard', detail: party.reportedAt && <Time instant={party.reportedAt} /> },
    ...own,
    { term: 'Clock', detail: <Clock party={party} /> },
    { term: 'Versions', detail: <Versions party={party} view={view} /> },
    { term: 'Last decision', detail: <DecidedLast party={party} numbers={view.numbers} /> },
    {
      term: 'Freezes',
      detail: <FreezesHeld freezes={status.freezes} numbers={view.numbers} />,
    },
    {
      term: 'Waits',
      detail: <Waits waits={status.waits} numbers={view.numbers} serverNow={serverNow} />,
    },
    { term: 'Of the others', detail: <SaysOfOthers peers={status.peers} /> },
    { term: 'Keys', detail: <PartyKeys keys={status.keys} /> },
    { term: 'Heads', detail: <PartyHeads name={party.name} heads={status.heads} /> },
  ];
}

function Silent({ party, view }: PartyCardProps) {
  if (party.isCold)
    return 'It has no network. What it holds is seen at its own site, where documents are carried.';
  const heard = heardByOthers(party.name, view.parties);
  const isOff = party.expected === 'offline';
  return (
    <>
      {isOff
        ? 'It is off, as it may be: key ceremonies and refreshes need it, withdrawals do not. Before it signs again it takes over what the others hold.'
        : party.sentence}
      <Footing>
        {heard ? (
          <>
            Party {heard.by} heard it last on <Time instant={heard.at} />.
          </>
        ) : (
          'No other party has heard it lately.'
        )}
        {party.reportedAt !== null && (
          <>
            {' '}
            Asked last on <Time instant={party.reportedAt} />.
          </>
        )}
      </Footing>
    </>
  );
}

function Clock({ party: { clockSkewMs } }: { party: PartyView }) {
  if (clockSkewMs === null) return 'not told';
  if (!isSkewed(clockSkewMs)) return skewText(clockSkewMs);
  return (
    <span className="text-caution">
      {skewText(clockSkewMs)}. Statements expire by this clock: set it right.
    </span>
  );
}

function Versions({ party, view }: { party: PartyView; view: PartiesView }) {
  const { rosterVersion, policyVersion } = party.status ?? {};
  return (
    <>
      Roster {rosterVersion ?? 'none'}, policy {policyVersion ?? 'none'}
      {party.isBehind && (
        <Footing>
          <span className="text-caution">
            In force are roster {view.rosterVersion} and policy {view.policyVersion}: it catches up
            by itself.
          </span>
        </Footing>
      )}
    </>
  );
}
