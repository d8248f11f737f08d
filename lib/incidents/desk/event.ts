/** What events say beyond their kind: pseudonymous ids, codes, instants and figures. Texts stand beside. Pure. */
import { z } from 'zod';
import { readEventRow, type EventOf, type EventRow } from '#lib/platform/event-row.ts';
import type { EventKind } from './life.ts';

const instant = z.iso.datetime({ offset: true });
const person = z.string().max(60);
const link = z.strictObject({ kind: z.string().max(40), ref: z.string().min(1).max(100) });

/** A fact of the worksheet: what it is, whether that is a guess, and from which evidence it comes. */
export const factEntry = z.strictObject({
  value: z.union([
    z.string().max(400),
    z.number(),
    z.boolean(),
    z.array(z.string().max(60)).max(40),
    z.null(),
  ]),
  estimated: z.boolean(),
  /** Event that brought the evidence. */
  evidence: z.int().min(1).nullable(),
});
export type FactEntry = z.infer<typeof factEntry>;

const verdict = z.enum(['major', 'not-major', 'reclassified']);

/** The facts of each kind of event. */
export const eventFacts = {
  opened: z.strictObject({ detectedAt: instant, links: z.array(link).max(40) }),
  retitled: z.strictObject({}),
  triaged: z.strictObject({ severity: z.int().min(1).max(4), category: z.string().max(60) }),
  acknowledged: z.strictObject({}),
  assigned: z.strictObject({ to: person.nullable() }),
  escalated: z.strictObject({
    level: z.int().min(1).max(3),
    rule: z.string().max(80),
    to: z.array(person).max(20),
  }),
  noted: z.strictObject({}),
  'facts-recorded': z.strictObject({ facts: z.record(z.string().max(80), factEntry) }),
  assessed: z.strictObject({
    /** Event whose facts were assessed. */
    of: z.int().min(1),
    major: z.boolean(),
    route: z.string().max(40),
    met: z.array(z.string().max(60)).max(20),
    /** Digest of the facts as they were. */
    digest: z.string().length(64),
    rules: z.string().max(40),
  }),
  classified: z.strictObject({
    verdict,
    route: z.string().max(40),
    met: z.array(z.string().max(60)).max(20),
    digest: z.string().length(64),
    /** What the worksheet said; a person may be more careful than it. */
    computed: z.enum(['major', 'not-major']),
  }),
  linked: z.strictObject({ links: z.array(link).min(1).max(40) }),
  unlinked: link,
  'evidence-added': z.strictObject({
    id: z.uuid(),
    mediaType: z.string().max(100),
    size: z.int().min(1),
    sha256: z.string().length(64),
  }),
  'task-added': z.strictObject({
    purpose: z.enum(['task', 'action']),
    assignee: person.nullable(),
    dueOn: z.iso.date(),
  }),
  'task-moved': z.strictObject({
    task: z.int().min(1),
    assignee: person.nullable(),
    dueOn: z.iso.date(),
  }),
  'task-done': z.strictObject({ task: z.int().min(1) }),
  warned: z.strictObject({
    clock: z.string().max(40),
    percent: z.int().min(1).max(100),
    dueAt: instant,
  }),
  told: z.strictObject({
    whom: z.enum(['clients', 'board', 'authority', 'persons']),
    count: z.int().min(0).nullable(),
  }),
  'report-moved': z.strictObject({
    report: z.uuid(),
    stage: z.string().max(40),
    step: z.string().max(40),
    /** When it was submitted, for the clocks. */
    submittedAt: instant.nullable(),
  }),
  'threat-notified': z.strictObject({
    sentAt: instant,
    /** Version of the draft that was sent. */
    draft: z.int().min(1),
    /** SHA-256 of its document. */
    digest: z.string().length(64),
  }),
  reviewed: z.strictObject({
    cause: z.string().max(100),
    detailed: z.array(z.string().max(120)).max(28),
    additional: z.array(z.string().max(120)).max(18),
  }),
  closed: z.strictObject({}),
  reopened: z.strictObject({}),
  dropped: z.strictObject({
    as: z.enum(['no-incident', 'duplicate']),
    of: z.string().max(40).nullable(),
  }),
} as const satisfies Record<EventKind, z.ZodType>;

export type EventFacts<K extends EventKind> = z.infer<(typeof eventFacts)[K]>;

/** An event as it is written and read. A person or `system` acts. */
export type IncidentEvent = EventOf<typeof eventFacts>;

/** @throws when the row says what no event says: it was written past this program. */
export const readEvent = (row: EventRow): IncidentEvent => readEventRow(eventFacts, row);
