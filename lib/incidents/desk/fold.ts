/** Where an incident stands, folded from its events. The database draws the same for lists. Pure. */
import type { FactEntry, IncidentEvent } from './event.ts';
import type { IncidentClass, IncidentState, LinkKind } from './life.ts';

/** A fact that counts now, with who entered it and when. */
export type StandingFact = FactEntry & { by: string; at: string; seq: number };

export type Task = {
  seq: number;
  purpose: 'task' | 'action';
  assignee: string | null;
  /** Day, as 2026-11-28. */
  dueOn: string;
  /** ISO instant; null while it is open. */
  doneAt: string | null;
};

export type ReportStep = {
  seq: number;
  report: string;
  stage: string;
  step: string;
  at: string;
  submittedAt: string | null;
};

export type Standing = {
  seq: number;
  state: IncidentState;
  class: IncidentClass;
  severity: number | null;
  category: string | null;
  assignee: string | null;
  escalation: number;
  acknowledgedAt: string | null;
  /** When it was first decided, which starts the clock. */
  classifiedAt: string | null;
  closedAt: string | null;
  reviewedAt: string | null;
  facts: Readonly<Record<string, StandingFact>>;
  tasks: readonly Task[];
  links: readonly { kind: LinkKind; ref: string; seq: number }[];
  reports: readonly ReportStep[];
  /** Percentages of time limits that were warned of, by clock and due instant. */
  warned: ReadonlySet<string>;
};

/** @throws for no events, or a first one that is no opening. */
export function foldEvents(events: readonly IncidentEvent[]): Standing {
  const first = events[0];
  if (first?.kind !== 'opened') throw new Error('An incident begins with its opening.');
  const facts: Record<string, StandingFact> = {};
  const tasks = new Map<number, Task>();
  const links = new Map<string, { kind: LinkKind; ref: string; seq: number }>();
  const reports: ReportStep[] = [];
  const warned = new Set<string>();
  const now: Mutable<Standing> = {
    seq: 0,
    state: 'new',
    class: 'open',
    severity: null,
    category: null,
    assignee: null,
    escalation: 0,
    acknowledgedAt: null,
    classifiedAt: null,
    closedAt: null,
    reviewedAt: null,
    facts,
    tasks: [],
    links: [],
    reports,
    warned,
  };
  for (const event of events) {
    now.seq = event.seq;
    moveState(now, event);
    moveParts(event, { facts, tasks, links, reports, warned });
  }
  return { ...now, tasks: [...tasks.values()], links: [...links.values()] };
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

function moveState(now: Mutable<Standing>, event: IncidentEvent): void {
  switch (event.kind) {
    case 'triaged':
      now.state = 'working';
      now.severity = event.facts.severity;
      now.category = event.facts.category;
      now.acknowledgedAt ??= event.at;
      break;
    case 'acknowledged':
      now.acknowledgedAt ??= event.at;
      break;
    case 'assigned':
      now.assignee = event.facts.to;
      break;
    case 'escalated':
      now.escalation = event.facts.level;
      break;
    case 'classified':
      now.class = event.facts.verdict;
      now.classifiedAt ??= event.at;
      break;
    case 'reviewed':
      now.reviewedAt = event.at;
      break;
    case 'closed':
    case 'dropped':
      now.state = event.kind;
      now.closedAt = event.at;
      break;
    case 'reopened':
      now.state = 'working';
      now.closedAt = null;
      break;
    default:
  }
}

type Parts = {
  facts: Record<string, StandingFact>;
  tasks: Map<number, Task>;
  links: Map<string, { kind: LinkKind; ref: string; seq: number }>;
  reports: ReportStep[];
  warned: Set<string>;
};

function moveParts(event: IncidentEvent, parts: Parts): void {
  const { seq, at } = event;
  const put = (link: { kind: string; ref: string }): void => {
    const key = `${link.kind} ${link.ref}`;
    if (!parts.links.has(key))
      parts.links.set(key, { kind: link.kind as LinkKind, ref: link.ref, seq });
  };
  switch (event.kind) {
    case 'opened':
    case 'linked':
      event.facts.links.forEach(put);
      break;
    case 'unlinked':
      parts.links.delete(`${event.facts.kind} ${event.facts.ref}`);
      break;
    case 'facts-recorded':
      for (const [name, entry] of Object.entries(event.facts.facts))
        parts.facts[name] = { ...entry, by: event.actor, at, seq };
      break;
    case 'task-added':
      parts.tasks.set(seq, { seq, ...event.facts, doneAt: null });
      break;
    case 'task-moved':
    case 'task-done': {
      const task = parts.tasks.get(event.facts.task);
      if (!task) throw new Error(`There is no task ${event.facts.task}.`);
      const { dueOn, assignee } = event.kind === 'task-moved' ? event.facts : task;
      const doneAt = event.kind === 'task-done' ? at : task.doneAt;
      parts.tasks.set(task.seq, { ...task, dueOn, assignee, doneAt });
      break;
    }
    case 'report-moved': {
      const { report, stage, step, submittedAt } = event.facts;
      parts.reports.push({ seq, report, stage, step, at, submittedAt });
      break;
    }
    case 'warned':
      parts.warned.add(warnedKey(event.facts));
      break;
    default:
  }
}

/** Names one warning: a moved time limit is warned of anew. */
export const warnedKey = (warning: { clock: string; percent: number; dueAt: string }): string =>
  `${warning.clock} ${warning.percent} ${new Date(warning.dueAt).toISOString()}`;
