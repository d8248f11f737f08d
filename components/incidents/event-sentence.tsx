/** What happened to an incident, in plain words: one sentence for every kind of event. */
import type { ReactNode } from 'react';
import type { FactEntry, IncidentEvent } from '#lib/incidents/desk/event.ts';
import { classes, incidentStates, sources, type IncidentSource } from '#lib/incidents/desk/life.ts';
import { escalationRules, severeRule } from '#lib/incidents/on-call/escalation-rules.ts';
import { Code } from '../ui/grouped.tsx';
import { Time } from '../ui/time.tsx';
import { factName, factValue } from './fact-words.tsx';
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
    person === null ? 'nobody yet' : (told.names[person] ?? person);
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
            : event.facts.to.map(nameOf).join(', ')}
          : {ruleReason(event.facts.rule)}
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
      return `By the facts so far it is ${event.facts.major ? 'major' : 'not major'}${routeText(event.facts.route)}`;
    case 'classified':
      return (
        <>
          Classified: {classes[event.facts.verdict].toLowerCase()}
          {routeText(event.facts.route)}.{' '}
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
            ? 'A time limit is over.'
            : `Warning: ${event.facts.percent} % of the time is used.`}{' '}
          {clockName(event.facts.clock)}, due <Time instant={event.facts.dueAt} style="minute" />
        </>
      );
    case 'told':
      return `${whomTold[event.facts.whom]} ${event.facts.whom === 'board' || event.facts.whom === 'authority' ? 'was' : 'were'} told${
        event.facts.count === null ? '' : ` (${event.facts.count.toLocaleString('en')})`
      }`;
    case 'report-moved':
      return (
        <>
          {clockName(event.facts.stage)}: {plainName(event.facts.step).toLowerCase()}
          {event.facts.submittedAt !== null && (
            <>
              {event.facts.step !== 'submitted' && ', submitted'}{' '}
              <Time instant={event.facts.submittedAt} style="minute" />
            </>
          )}
        </>
      );
    case 'threat-notified':
      return (
        <>
          The threat was notified, sent <Time instant={event.facts.sentAt} style="minute" />
        </>
      );
    case 'reviewed':
      return `Reviewed. Root cause: ${causeName(event.facts.cause)}`;
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

/** The article by which one is major; nothing for one that is not. */
const routeText = (route: string): string =>
  /^\d/.test(route) ? ` (2024/1772, Art ${route})` : '';

/** Why somebody higher up was called, in the words of the rule. */
function ruleReason(id: string): string {
  const rule = [...escalationRules, severeRule].find((one) => one.id === id);
  return rule ? `${rule.because.slice(0, 1).toLowerCase()}${rule.because.slice(1)}` : `rule ${id}`;
}

/** "Clients affected: 12, estimated", a line for each. Spans, since a sentence holds no list. */
const FactList = ({ facts }: { facts: Readonly<Record<string, FactEntry>> }) =>
  Object.entries(facts).map(([name, { value, estimated }]) => (
    <span key={name} className="block text-sm text-text-quiet">
      {factName(name)}: <bdi className="text-text">{factValue(name, value)}</bdi>
      {estimated && ', estimated'}
    </span>
  ));
