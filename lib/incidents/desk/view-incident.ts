/** An incident as its page shows it: facts, timeline, tasks, links, evidence, and what may be done now. */
import type { Actor } from '#lib/identity/actor.ts';
import { byName } from '#lib/persons/operator-names.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { shownLines, shownText } from '#lib/protocol/free-text.ts';
import type { Clock } from '../clocks.ts';
import { loadProfile } from '../entity/load-profile.ts';
import { loadBreachOf } from '../limits/breach-of.ts';
import { readClocks } from '../limits/clocks-of.ts';
import { findUnfinished } from './closing.ts';
import type { IncidentEvent } from './event.ts';
import type { Standing, StandingFact, Task } from './fold.ts';
import { mayHappen, type EventKind, type IncidentSource, type LinkKind } from './life.ts';
import { textKey, titleOf, type IncidentFile } from './load-incident.ts';
import { readIncident } from './read-incident.ts';
import { textFields, type TextField } from './texts.ts';

export type TimelineEntry = {
  seq: number;
  kind: EventKind;
  /** Name of who did it, or "The system". */
  by: string;
  at: string;
  event: IncidentEvent;
  texts: { field: TextField; text: string }[];
};
export type TaskView = Task & { text: string; assigneeName: string | null; isOverdue: boolean };
export type LinkView = { kind: LinkKind; ref: string; href: string | null };
export type EvidenceView = {
  seq: number;
  id: string;
  name: string;
  mediaType: string;
  size: number;
  sha256: string;
};
export type ClockView = Omit<Clock, 'state' | 'standing'> & {
  state: Clock['standing'];
  isProjected: boolean;
};
export type FactView = StandingFact & { byName: string };

export type IncidentView = {
  id: string;
  number: string;
  sort: 'incident' | 'threat';
  title: string;
  description: string | null;
  source: IncidentSource;
  openedAt: string;
  openedByName: string;
  detectedAt: string;
  seq: number;
  standing: Omit<Standing, 'warned' | 'facts'>;
  assigneeName: string | null;
  facts: Readonly<Record<string, FactView>>;
  timeline: TimelineEntry[];
  tasks: TaskView[];
  links: LinkView[];
  evidence: EvidenceView[];
  /** Time limits as they stand; none while nobody has said what the entity is. */
  clocks: ClockView[];
  /** Why they can't be computed, as a sentence; null where they can. */
  clockFault: string | null;
  isEntityKnown: boolean;
  /** Why it can't be closed yet; null when it can. */
  unfinished: string | null;
  people: { id: string; name: string }[];
  /** Names of everybody whom an event names, by their ids. */
  names: Readonly<Record<string, string>>;
  can: Readonly<
    Record<
      | 'acknowledge'
      | 'triage'
      | 'work'
      | 'classify'
      | 'review'
      | 'close'
      | 'reopen'
      | 'drop'
      | 'report',
      boolean
    >
  >;
  serverNow: string;
};

export async function viewIncident(
  actor: Actor,
  input: { id: string },
  context: Context,
): Promise<Result<IncidentView>> {
  const now = context.clock();
  return readIncident(actor, input.id, context, async ({ file, tx, nameOf }) => {
    const operations = await tx.operation.findMany({
      where: { number: { in: refsOf(file, 'operation') } },
      select: { id: true, number: true },
    });
    const breaks = await tx.breakRecord.findMany({
      where: { number: { in: refsOf(file, 'break') } },
      select: { id: true, number: true },
    });
    const others = await tx.incident.findMany({
      where: { number: { in: refsOf(file, 'incident') } },
      select: { id: true, number: true },
    });
    const paths = new Map<string, string>([
      ...operations.map((one) => [`operation ${one.number}`, `/operations/${one.id}`] as const),
      ...breaks.map((one) => [`break ${one.number}`, `/reconciliation/breaks/${one.id}`] as const),
      ...others.map((one) => [`incident ${one.number}`, `/incidents/${one.id}`] as const),
      ...refsOf(file, 'breach').map(
        (ref) => [`breach ${ref}`, `/privacy/breaches/${ref}`] as const,
      ),
    ]);
    const people = await tx.operator.findMany({
      where: { status: 'active' },
      select: { id: true },
      orderBy: { id: 'asc' },
      take: 500,
    });
    const profile = await loadProfile(tx);
    const breach = await loadBreachOf(tx, file.standing);
    const { clocks, fault } = readClocks(file, profile, now, breach);
    return ok({
      ...partsOf(file, nameOf, now),
      clocks: clocks.map(shownClock),
      clockFault: fault,
      isEntityKnown: profile !== null,
      links: file.standing.links.map(({ kind, ref }) => ({
        kind,
        ref,
        href: paths.get(`${kind} ${ref}`) ?? null,
      })),
      people: byName(people, nameOf),
      can: mayNow(actor, file),
      serverNow: now.toISOString(),
    });
  });
}

/** A clock as screens show it. */
export const shownClock = ({ standing, ...clock }: Clock): ClockView => ({
  ...clock,
  state: standing,
  isProjected: standing === 'projected',
});

const refsOf = ({ standing }: IncidentFile, kind: LinkKind): string[] =>
  standing.links.filter((link) => link.kind === kind).map(({ ref }) => ref);

function partsOf(file: IncidentFile, nameOf: (person: string) => string, now: Date) {
  const { standing, events, texts } = file;
  const today = now.toISOString().slice(0, 10);
  const first = events[0];
  if (first?.kind !== 'opened') throw new Error('An incident begins with its opening.');
  const shown = (seq: number, field: TextField): string | null => {
    const text = texts.get(textKey(seq, field));
    if (text === undefined) return null;
    return text === null ? '(erased)' : shownLines(text);
  };
  const { warned: _, facts, ...rest } = standing;
  return {
    id: file.id,
    number: file.number,
    sort: file.sort,
    title: shownText(titleOf(file)),
    description: shown(1, 'description'),
    source: file.source,
    openedAt: file.openedAt,
    openedByName: nameOf(file.openedBy),
    detectedAt: first.facts.detectedAt,
    seq: file.seq,
    standing: rest,
    assigneeName: standing.assignee === null ? null : nameOf(standing.assignee),
    facts: Object.fromEntries(
      Object.entries(facts).map(([key, fact]) => [key, { ...fact, byName: nameOf(fact.by) }]),
    ),
    timeline: events
      .map((event) => ({
        seq: event.seq,
        kind: event.kind,
        by: nameOf(event.actor),
        at: event.at,
        event,
        texts: (Object.keys(textFields) as TextField[]).flatMap((field) => {
          const text = shown(event.seq, field);
          return text === null ? [] : [{ field, text }];
        }),
      }))
      .toReversed(),
    tasks: standing.tasks.map((task) => ({
      ...task,
      text: shown(task.seq, 'task') ?? '(erased)',
      assigneeName: task.assignee === null ? null : nameOf(task.assignee),
      isOverdue: task.doneAt === null && task.dueOn < today,
    })),
    evidence: events.flatMap((event) =>
      event.kind === 'evidence-added'
        ? [{ seq: event.seq, name: shown(event.seq, 'file-name') ?? '(erased)', ...event.facts }]
        : [],
    ),
    unfinished: findUnfinished(file),
    names: Object.fromEntries(
      [...new Set(events.flatMap(peopleIn))].map((person) => [person, nameOf(person)]),
    ),
  };
}

/** Whom an event names, beside who did it. */
function peopleIn(event: IncidentEvent): string[] {
  switch (event.kind) {
    case 'assigned':
    case 'escalated':
      return [event.facts.to].flat().filter((person) => person !== null);
    case 'task-added':
    case 'task-moved':
      return event.facts.assignee === null ? [] : [event.facts.assignee];
    default:
      return [];
  }
}

function mayNow({ scopes }: Actor, { standing }: IncidentFile): IncidentView['can'] {
  const works = scopes.has('incident:work');
  const decides = scopes.has('incident:classify');
  const may = (kind: EventKind): boolean => mayHappen(standing.state, kind);
  return {
    acknowledge: works && may('acknowledged') && standing.acknowledgedAt === null,
    triage: works && may('triaged'),
    work: works,
    classify: decides && may('classified'),
    review: decides && standing.state !== 'new',
    close: works && may('closed'),
    reopen: works && may('reopened'),
    drop: decides && may('dropped') && standing.class !== 'major',
    report: scopes.has('report:raise'),
  };
}
