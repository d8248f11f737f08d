/** What events say beyond their kind: pseudonymous ids, codes, instants and digests. Texts stand beside, sealed. Pure. */
import { z } from 'zod';
import { clientId } from '#lib/protocol/scalars.ts';
import { readEventRow, type EventOf, type EventRow } from '#lib/platform/event-row.ts';
import {
  authorities,
  blockers,
  channels,
  decisions,
  dispatchChannels,
  doubtReasons,
  identityGrounds,
  messageChannels,
  opinions,
  putBackReasons,
  recipientResults,
  refusalGrounds,
  rights,
  type EventKind,
} from './life.ts';
import { countedBy } from './counted-by.ts';
import { paperReasons } from './on-paper.ts';
import { restWays } from './rest-ways.ts';

const instant = z.iso.datetime({ offset: true });
const purposeKeyField = z.string().regex(/^[0-9a-f-]{36}\.\d{1,6}\.\d{1,2}$/);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const keysOf = <T extends object>(table: T): [keyof T & string, ...(keyof T & string)[]] =>
  Object.keys(table) as [keyof T & string, ...(keyof T & string)[]];
/** A name of a system or of a recipient as registers write it; never a person's. */
const code = z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/);
const personId = z.string().regex(/^(?:p-[a-z2-7]{10}|ps-[a-z2-7]{16})$/);
export const requestNumber = z.string().regex(/^DSR-\d{4}-\d{6,10}$/);

/** The facts of each kind of event. */
export const eventFacts = {
  opened: z.strictObject({
    right: z.enum(keysOf(rights)),
    channel: z.enum(keysOf(channels)),
    receivedAt: instant,
    /** It reached a server or a desk of ours before it was recorded; the ground stands beside. */
    isEarlier: z.boolean(),
    /** Asked for in electronic form, so answered in it (Art 12(3)). */
    isElectronic: z.boolean(),
    /** Somebody asks about another person's data. */
    forAnother: z.boolean(),
    /** Early ones, and those from before anybody said where the seat is, lack it. */
    countedBy: countedBy.optional(),
  }),
  noted: z.strictObject({
    /** That it reminds the person of a question, and until when their answer is waited for. */
    reminder: z.strictObject({ question: z.int().min(1), answerBy: z.iso.date() }).optional(),
    /** Fields of the map that a correction which it writes down is about; early ones lack it. */
    corrects: z.array(code).min(1).max(60).optional(),
  }),
  'file-added': z.strictObject({
    mediaType: z.enum(['application/pdf', 'image/png', 'image/jpeg', 'text/plain']),
    size: z.int().min(1).max(10_485_760),
    /** Salted commitment to its bytes. */
    commitment: sha256,
    parts: z.int().min(1).max(12),
  }),
  'files-left-out': z.strictObject({ count: z.int().min(1).max(200) }),
  identified: z.strictObject({ person: personId, ground: z.enum(keysOf(identityGrounds)) }),
  'authority-shown': z.strictObject({ by: z.enum(keysOf(authorities)) }),
  doubted: z.strictObject({ reason: z.enum(keysOf(doubtReasons)) }),
  asked: z.strictObject({
    about: z.enum(['identity', 'scope']),
    sentAt: instant,
    /** Working days after receipt within which a question suspended the clock when it was sent. */
    withinDays: z.int().min(0).max(10),
  }),
  answered: z.strictObject({
    question: z.int().min(1),
    /** Where none came, when it was waited for no longer. */
    answeredAt: instant,
    /** No answer came, though the person was reminded. */
    isMissing: z.literal(true).optional(),
  }),
  extended: z.strictObject({
    reason: z.enum(['complexity', 'number']),
    /** When the person was told. */
    noticeSentAt: instant,
    /** Counts where the opening has none. */
    countedBy: countedBy.optional(),
  }),
  collected: z.strictObject({
    system: code,
    found: z.int().min(0).max(10_000_000),
    digest: sha256.nullable(),
  }),
  /** Who received data of the person stands beside, with what and how it is known. */
  'recipient-added': z.strictObject({ receivedOn: z.iso.date().nullable() }),
  'recipient-struck': z.strictObject({ of: z.int().min(1) }),
  /** The other controller stands beside; whether it is technically feasible (Art 20(2)), and where not, why. */
  'transmission-asked': z.strictObject({ isFeasible: z.boolean() }),
  reviewed: z.strictObject({
    blockers: z
      .array(z.strictObject({ kind: z.enum(keysOf(blockers)), until: z.iso.date().nullable() }))
      .max(20),
    /** Ties to clients that are confirmed: what these clients have is told to the person. Early ones lack it. */
    ties: z
      .array(z.strictObject({ client: clientId, since: instant }))
      .min(1)
      .max(50)
      .optional(),
  }),
  'opinion-given': z.strictObject({ opinion: z.enum(keysOf(opinions)) }),
  proposed: z.strictObject({
    decision: z.enum(keysOf(decisions)),
    grounds: z.array(z.enum(keysOf(refusalGrounds))).max(10),
    /** Earlier requests that a refusal as excessive rests on. */
    earlier: z.array(requestNumber).max(50),
    /** Digest of all that stood on record. */
    events: sha256,
    package: sha256.nullable(),
    plan: sha256.nullable(),
    /** Purposes that stop where an objection is granted in part and others are kept; without it all of them stop. */
    stops: z.array(purposeKeyField).max(200).optional(),
  }),
  returned: z.strictObject({}),
  approved: z.strictObject({
    /** The proposal, and the digest that it named. */
    of: z.int().min(1),
    events: sha256,
  }),
  fulfilled: z.strictObject({
    channel: z.enum(keysOf(dispatchChannels)),
    sentAt: instant,
    /** Of the package, or the commitment of the file or text on record, that was sent; early ones name anything. */
    digest: sha256,
    /** The letter names the authority for complaints and the court (Art 12(4)). */
    namesRemedies: z.boolean(),
    /** The event that names the controller to whom it was transmitted (Art 20(2)). */
    transmission: z.int().min(1).optional(),
    /** Why it went by post or was handed over, though it was asked for electronically; early ones lack it. */
    onPaper: z.enum(keysOf(paperReasons)).optional(),
    /** What became of the places in which values were found after the erasure; why stands beside. */
    rest: z.strictObject({ as: z.enum(keysOf(restWays)), places: z.int().min(1) }).optional(),
  }),
  'recipient-told': z.strictObject({ recipient: code, result: z.enum(keysOf(recipientResults)) }),
  notified: z.strictObject({ recipients: z.int().min(0).max(10_000) }),
  closed: z.strictObject({}),
  withdrawn: z.strictObject({ at: instant }),
  'marked-duplicate': z.strictObject({
    of: requestNumber,
    /** That the person was told so; early ones lack it. */
    told: z
      .strictObject({
        channel: z.enum(keysOf(messageChannels)),
        sentAt: instant,
        namesRemedies: z.literal(true),
      })
      .optional(),
  }),
  reopened: z.strictObject({}),
  warned: z.strictObject({ dueOn: z.iso.date() }),
  erased: z.strictObject({
    scope: z.enum(['whole', 'part']),
    /** How much went: values, search hashes, texts of others in which the person is blacked out. */
    values: z.int().min(0),
    hashes: z.int().min(0),
    texts: z.int().min(0),
    /** Generations of the root key before and after the key was destroyed. */
    rootBefore: z.int().min(0),
    rootAfter: z.int().min(0),
    /** Places in which a value still stood afterwards. */
    found: z.int().min(0),
  }),
  'put-back': z.strictObject({ reason: z.enum(keysOf(putBackReasons)) }),
  freed: z.strictObject({ countedBy: countedBy.optional() }),
} as const satisfies Record<EventKind, z.ZodType>;

export type EventFacts<K extends EventKind> = z.infer<(typeof eventFacts)[K]>;

/** An event as it is written and read. A person, `public` for the public form, or `system` acts. */
export type RequestEvent = EventOf<typeof eventFacts>;

/** @throws when the row says what no event says: it was written past this program. */
export const readEvent = (row: EventRow): RequestEvent => readEventRow(eventFacts, row);
