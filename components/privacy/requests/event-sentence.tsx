/** What happened to a request, in plain words: one sentence for every kind of event. */
import type { ReactNode } from 'react';
import { systemName } from '#lib/privacy/collect/system-names.ts';
import type { RequestEvent } from '#lib/privacy/requests/event.ts';
import {
  authorities,
  blockers,
  channels,
  decisions,
  dispatchChannels,
  doubtReasons,
  eventWords,
  identityGrounds,
  messageChannels,
  opinions,
  putBackReasons,
  recipientResults,
  refusalGrounds,
} from '#lib/privacy/requests/life.ts';
import { countOf } from '../../operations/counts.ts';
import { Code } from '../../ui/grouped.tsx';
import { Day, Time } from '../../ui/time.tsx';
import { rightName } from './request-words.ts';

const low = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/** The sentence of an event, without its full stop. It names nobody: a person is an id. */
export function EventSentence({ event }: { event: RequestEvent }): ReactNode {
  switch (event.kind) {
    case 'opened':
      return (
        <>
          Received by {low(channels[event.facts.channel])},{' '}
          <Time instant={event.facts.receivedAt} style="minute" />: {rightName(event.facts.right)}
          {event.facts.forAnother && ', for somebody else'}
        </>
      );
    case 'file-added':
      return `File added: ${event.facts.mediaType}, ${sizeWords(event.facts.size)}`;
    case 'files-left-out':
      return `${countOf(event.facts.count, 'file')} left out, as it may not be kept`;
    case 'identified':
      return (
        <>
          Person identified: <Code>{event.facts.person}</Code>,{' '}
          {low(identityGrounds[event.facts.ground])}
        </>
      );
    case 'authority-shown':
      return `Authority to act: ${low(authorities[event.facts.by])}`;
    case 'doubted':
      return `Doubt about the identity: ${low(doubtReasons[event.facts.reason])}`;
    case 'asked':
      return (
        <>
          Question about {event.facts.about === 'identity' ? 'the identity' : 'what is meant'}, sent{' '}
          <Time instant={event.facts.sentAt} style="minute" />
        </>
      );
    case 'noted':
      return event.facts.reminder === undefined ? (
        eventWords.noted
      ) : (
        <>
          Reminder to the person, whose answer is waited for until{' '}
          <Day date={event.facts.reminder.answerBy} />
        </>
      );
    case 'answered':
      return event.facts.isMissing ? (
        'No answer came in spite of the reminder, and it is waited for no longer'
      ) : (
        <>
          Question answered <Time instant={event.facts.answeredAt} style="minute" />
        </>
      );
    case 'extended':
      return (
        <>
          Extended by two months, because of{' '}
          {event.facts.reason === 'complexity' ? 'complexity' : 'the number of requests'}. The
          person was told <Time instant={event.facts.noticeSentAt} style="minute" />
        </>
      );
    case 'collected':
      return `Collected, ${systemName(event.facts.system)}: ${countOf(event.facts.found, 'record')}`;
    case 'recipient-added':
      return (
        <>
          Recipient of the data put on record
          {event.facts.receivedOn !== null && (
            <>
              , who got them on <Day date={event.facts.receivedOn} />
            </>
          )}
        </>
      );
    case 'recipient-struck':
      return `Recipient of entry ${event.facts.of} taken off the record`;
    case 'transmission-asked':
      return `Transmission to another controller asked for (Art 20(2))${event.facts.isFeasible ? '' : ', which is not feasible'}`;
    case 'reviewed':
      return event.facts.blockers.length === 0
        ? 'Legal review: nothing stands against it'
        : `Legal review: ${event.facts.blockers.map(({ kind }) => low(blockers[kind].name)).join(', ')}`;
    case 'opinion-given':
      return `Opinion of the DPO: ${low(opinions[event.facts.opinion])}`;
    case 'proposed':
      return `Proposed: ${low(decisions[event.facts.decision])}${event.facts.grounds
        .map(
          (ground) =>
            `, ${low(refusalGrounds[ground].name)} (Art ${refusalGrounds[ground].article})`,
        )
        .join('')}`;
    case 'fulfilled':
      return (
        <>
          Answered: {low(dispatchChannels[event.facts.channel])}, sent{' '}
          <Time instant={event.facts.sentAt} style="minute" />
          {event.facts.transmission !== undefined &&
            `, to whom entry ${event.facts.transmission} names`}
        </>
      );
    case 'recipient-told':
      return (
        <>
          Recipient <Code>{event.facts.recipient}</Code>:{' '}
          {low(recipientResults[event.facts.result])}
        </>
      );
    case 'notified':
      return event.facts.recipients === 0
        ? 'No recipient is on record, so none was told'
        : `All recipients are on record: ${event.facts.recipients}`;
    case 'withdrawn':
      return (
        <>
          Withdrawn by the person, <Time instant={event.facts.at} style="minute" />
        </>
      );
    case 'marked-duplicate':
      return (
        <>
          The same as <Code>{event.facts.of}</Code>
          {event.facts.told !== undefined && (
            <>
              , and the person was told <Time instant={event.facts.told.sentAt} style="minute" />:{' '}
              {low(messageChannels[event.facts.told.channel])}
            </>
          )}
        </>
      );
    case 'warned':
      return (
        <>
          Overdue: it was due by <Day date={event.facts.dueOn} />
        </>
      );
    case 'erased':
      return `${event.facts.scope === 'whole' ? 'Erased' : 'Erased in part'} and proved: ${countOf(event.facts.values, 'value')}, ${countOf(event.facts.hashes, 'search hash', 'search hashes')}, ${countOf(event.facts.texts, 'text')}`;
    case 'put-back':
      return `Erasure put back: ${low(putBackReasons[event.facts.reason])}`;
    default:
      return eventWords[event.kind];
  }
}

/** "1.4 MB", "12 kB". */
export const sizeWords = (bytes: number): string =>
  bytes >= 1_000_000
    ? `${(bytes / 1_000_000).toFixed(1)} MB`
    : `${Math.max(1, Math.round(bytes / 1_000))} kB`;
