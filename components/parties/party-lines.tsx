import { scopeWords } from '#lib/operations/scope-words.ts';
import type { PartiesView, PartyStatusView, PartyView } from '#lib/operations/view-parties.ts';
import { Countdown } from '../ui/countdown.tsx';
import { Footing } from '../ui/description-list.tsx';
import { Code } from '../ui/grouped.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { Time } from '../ui/time.tsx';
import { agreesText, isSkewed, skewText } from './party-words.ts';

type Numbers = PartiesView['numbers'];

/** An operation as the party named it: a link where the console knows it, the id where it doesn't. */
function Operation({ id, numbers }: { id: string; numbers: Numbers }) {
  const number = numbers[id];
  if (number === undefined)
    return <span className="figures-mono break-all text-caution">{id}, unknown here</span>;
  return (
    <TextLink href={`/operations/${id}`}>
      <Code>{number}</Code>
    </TextLink>
  );
}

const None = () => <span className="text-text-quiet">none</span>;

export function DecidedLast({ party, numbers }: { party: PartyView; numbers: Numbers }) {
  const { lastDecision: last } = party;
  if (!last) return <span className="text-text-quiet">It has decided on nothing lately.</span>;
  const { operation, words, sentence, at } = last;
  return (
    <>
      {words} {operation === null ? 'an operation' : <Operation id={operation} numbers={numbers} />}
      {sentence !== null && `: ${sentence}`}
      <Footing>
        <Time instant={at} />
      </Footing>
    </>
  );
}

export function FreezesHeld({
  freezes,
  numbers,
}: {
  freezes: PartyStatusView['freezes'];
  numbers: Numbers;
}) {
  if (freezes.length === 0) return <None />;
  return (
    <ul>
      {freezes.map(({ operation, scope, since }) => (
        <li key={operation}>
          <span className="font-medium text-danger">{scope ? scopeWords(scope) : 'Something'}</span>{' '}
          by <Operation id={operation} numbers={numbers} />, since <Time instant={since} />
        </li>
      ))}
    </ul>
  );
}

export function Waits({
  waits,
  numbers,
  serverNow,
}: {
  waits: PartyStatusView['waits'];
  numbers: Numbers;
  serverNow: string;
}) {
  if (waits.length === 0) return <None />;
  return (
    <ul>
      {waits.map(({ operation, until }) => (
        <li key={operation}>
          <Operation id={operation} numbers={numbers} />:{' '}
          <Countdown until={until} serverNow={serverNow} passed="its wait is over" />
        </li>
      ))}
    </ul>
  );
}

/** What it heard from each other party, and when. */
export function SaysOfOthers({ peers }: { peers: PartyStatusView['peers'] }) {
  if (peers.length === 0) return <None />;
  return (
    <ul>
      {peers.map(({ name, agrees, heardAt, clockSkewMs }) => (
        <li key={name}>
          {name}{' '}
          <span className={agrees === false ? 'font-medium text-danger' : ''}>
            {agreesText(agrees)}
          </span>
          {/* The clock of one that is silent says nothing of now. */}
          {agrees !== null && clockSkewMs !== null && (
            <span className={isSkewed(clockSkewMs) ? 'text-caution' : 'text-text-quiet'}>
              , its clock {skewText(clockSkewMs)}
            </span>
          )}
          {heardAt !== null && (
            <span className="text-text-quiet">
              , {agrees === null && 'last at '}
              <Time instant={heardAt} style="time" />
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
