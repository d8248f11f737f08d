/** What happened to an incident, in plain words: one sentence for every kind of event. */
import type { ReactNode } from 'react';
import type { FactEntry, IncidentEvent } from '#lib/incidents/desk/event.ts';
import { classes, incidentStates, sources, type IncidentSource } from '#lib/incidents/desk/life.ts';
import { Code } from '../ui/grouped.tsx';
import { Time } from '../ui/time.tsx';
import {
  categoryName,
  causeName,
  clockName,
  linkName,
  plainName,
  severityName,
} from './incident-words.ts';

/** What a sentence needs to know beside its event. */
export type Told = {
  source: IncidentSource;
  /** Names of people by their ids. */
  names: Readonly<Record<string, string>>;
  /** What each task says, by the number of its event. */
  tasks: ReadonlyMap<number, string>;
  /** Names of the files of evidence, by the number of their event. */
  files: ReadonlyMap<number, string>;
};

type Link = { kind: string; ref: string };

const stages: Readonly<Record<string, string>> = {
  initial: 'The initial notification',
  intermediate: 'The intermediate report',
  final: 'The final report',
  'initial-final': 'The report of all stages in one',
  threat: 'The notification of the cyber threat',
};
const whomTold: Readonly<Record<string, string>> = {
  clients: 'Clients',
  board: 'The management body',
  authority: 'The authority',
  persons: 'The persons whose data it is about',
};

const Links = ({ links }: { links: readonly Link[] }) => (
  <>
    {links.map(({ kind, ref }, index) => (
      <span key={`${kind} ${ref}`}>
        {index > 0 && ', '}
        {linkName(kind).toLowerCase()} <Code>{ref}</Code>
      </span>
    ))}
  </>
);

const quoted = (text: string | undefined): ReactNode =>
  text === undefined ? null : (
    <>
      : <bdi>{text}</bdi>
    </>
  );

/** The sentence of an event, without its full stop. */
export function EventSentence({ event, told }: { event: IncidentEvent; told: Told }) {
  const nameOf = (person: string | null): string =>
    person === null ? 'nobody' : (told.names[person] ?? person);
  switch (event.kind) {
    case 'opened':
      return (
        <>
          {told.source === 'reported'
            ? 'Reported'
            : `Opened: ${sources[told.source].toLowerCase()}`}
          . Noticed <Time instant={event.facts.detectedAt} style="minute" />
          {event.facts.links.length > 0 && (
            <>
              . About <Links links={event.facts.links} />
            </>
          )}
        </>
      );
    case 'retitled':
      return 'The title was changed';
    case 'triaged':
      return `Triaged as ${severityName(event.facts.severity)}, ${categoryName(event.facts.category).toLowerCase()}`;
    case 'acknowledged':
      return 'Acknowledged: somebody is on it';
    case 'assigned':
      return (
        <>
          Assigned to <bdi>{nameOf(event.facts.to)}</bdi>
        </>
      );
    case 'escalated':
      return (
        <>
          Escalated to level {event.facts.level},{' '}
          {event.facts.to.length === 0
            ? 'where nobody is on call'
            : event.facts.to.map(nameOf).join(', ')}{' '}
          (rule {event.facts.rule})
        </>
      );
    case 'noted':
      return 'Note';
    case 'facts-recorded':
      return (
        <>
          Facts recorded
          <FactList facts={event.facts.facts} />
        </>
      );
    case 'assessed':
      return `Assessed as ${event.facts.major ? 'major' : 'not major'} by the facts so far (${routeName(event.facts.route)})`;
    case 'classified':
      return (
        <>
          Classified: {classes[event.facts.verdict].toLowerCase()} ({routeName(event.facts.route)}).{' '}
          {event.facts.computed === (event.facts.verdict === 'major' ? 'major' : 'not-major')
            ? 'The worksheet says the same'
            : `The worksheet says ${event.facts.computed === 'major' ? 'major' : 'not major'}`}
        </>
      );
    case 'linked':
      return (
        <>
          Linked to <Links links={event.facts.links} />
        </>
      );
    case 'unlinked':
      return (
        <>
          Link removed: <Links links={[event.facts]} />
        </>
      );
    case 'evidence-added':
      return <>Evidence added{quoted(told.files.get(event.seq))}</>;
    case 'task-added':
      return (
        <>
          {event.facts.purpose === 'action' ? 'Action' : 'Task'} for{' '}
          <bdi>{nameOf(event.facts.assignee)}</bdi>, due{' '}
          <Time instant={event.facts.dueOn} style="day" />
          {quoted(told.tasks.get(event.seq))}
        </>
      );
    case 'task-moved':
      return (
        <>
          Task now with <bdi>{nameOf(event.facts.assignee)}</bdi>, due{' '}
          <Time instant={event.facts.dueOn} style="day" />
          {quoted(told.tasks.get(event.facts.task))}
        </>
      );
    case 'task-done':
      return <>Done{quoted(told.tasks.get(event.facts.task))}</>;
    case 'warned':
      return (
        <>
          {event.facts.percent >= 100
            ? `Time limit over: ${clockName(event.facts.clock).toLowerCase()}, due `
            : `Warning: ${event.facts.percent} % of the time is used, ${clockName(event.facts.clock).toLowerCase()}, due `}
          <Time instant={event.facts.dueAt} style="minute" />
        </>
      );
    case 'told':
      return `${whomTold[event.facts.whom]} ${event.facts.whom === 'board' || event.facts.whom === 'authority' ? 'was' : 'were'} told${
        event.facts.count === null ? '' : ` (${event.facts.count.toLocaleString('en')})`
      }`;
    case 'report-moved':
      return (
        <>
          {stages[event.facts.stage] ?? plainName(event.facts.stage)}:{' '}
          {plainName(event.facts.step).toLowerCase()}
          {event.facts.submittedAt !== null && (
            <>
              , submitted <Time instant={event.facts.submittedAt} style="minute" />
            </>
          )}
        </>
      );
    case 'reviewed':
      return `Reviewed. Root cause: ${causeName(event.facts.cause).toLowerCase()}`;
    case 'closed':
      return 'Closed';
    case 'reopened':
      return 'Reopened';
    case 'dropped':
      return (
        <>
          {incidentStates.dropped}:{' '}
          {event.facts.as === 'duplicate' ? (
            <>
              the same as <Code>{event.facts.of ?? 'another'}</Code>
            </>
          ) : (
            'it was no incident'
          )}
        </>
      );
  }
}

const routeName = (route: string): string =>
  route.startsWith('8(') ? `2024/1772, Art ${route}` : route;

/** "Clients affected: 12, estimated", a line for each. Spans, since a sentence holds no list. */
const FactList = ({ facts }: { facts: Readonly<Record<string, FactEntry>> }) =>
  Object.entries(facts).map(([name, { value, estimated }]) => (
    <span key={name} className="block text-sm text-text-quiet">
      {plainName(name)}: <bdi className="text-text">{factValue(value)}</bdi>
      {estimated && ', estimated'}
    </span>
  ));

const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;

/** The value of a fact as people read it. */
export function factValue(value: FactEntry['value']): ReactNode {
  if (value === null) return 'not known';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(plain).join(', ');
  if (typeof value === 'string' && instant.test(value) && !Number.isNaN(Date.parse(value)))
    return <Time instant={value} style="minute" />;
  return typeof value === 'number' ? value.toLocaleString('en') : plain(value);
}

/** Codes are written with lines; what people wrote stays as it is. */
const plain = (text: string): string =>
  /^[a-z]+(?:_[a-z]+)+$/.test(text) ? plainName(text) : text;
