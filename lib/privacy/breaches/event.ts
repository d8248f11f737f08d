/** What events of a breach say beyond their kind: ids, codes, numbers and digests. Texts stand beside, sealed. Pure. */
import { z } from 'zod';
import { readEventRow, type EventOf, type EventRow } from '#lib/platform/event-row.ts';
import { keysOf } from '#lib/platform/keys-of.ts';
import { categories } from '#lib/persons/field-map.ts';
import { memberStates } from '#lib/incidents/member-states.ts';
import { personsWarnedHours, restWarnedHours } from '../targets.ts';
import { contents } from './completeness.ts';
import {
  authorityChannels,
  breachKinds,
  causes,
  exceptions,
  personChannels,
  personGroups,
  readability,
  risks,
  sources,
  suspectedHours,
  warnedHours,
  type BreachEventKind,
} from './life.ts';
import {
  changes,
  crowds,
  dataKinds,
  disclosures,
  likelihoods,
  outages,
  recognitions,
} from './risk.ts';

const instant = z.iso.datetime({ offset: true });
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
export const breachNumber = z.string().regex(/^PB-\d{4}-\d{6,10}$/);
/** A processor or a provider as the registers number it. */
export const partyNumber = z.string().regex(/^(?:PC|PV)-[0-9-]{1,20}$/);
/** What authorities give out: no room for a sentence. */
export const referenceShape = /^[A-Za-z0-9][A-Za-z0-9 ./_-]{0,59}$/;
/** Numbers are approximate (Art 33(3)(a)): from the least to the most. */
const range = z
  .strictObject({ least: z.int().min(0).max(1e9), most: z.int().min(0).max(1e9) })
  .refine(({ least, most }) => least <= most);

export const describedTexts = ['nature', 'consequences', 'measures'] as const;

export const riskFactors = z.strictObject({
  data: z.enum(keysOf(dataKinds)),
  recognition: z.enum(keysOf(recognitions)),
  disclosure: z.enum(keysOf(disclosures)),
  change: z.enum(keysOf(changes)),
  outage: z.enum(keysOf(outages)),
  crowd: z.enum(keysOf(crowds)),
  isMalicious: z.boolean(),
  isVulnerable: z.boolean(),
  isUnintelligible: z.boolean(),
  likelihood: z.enum(keysOf(likelihoods)),
});

export const breachFacts = {
  opened: z.strictObject({
    source: z.enum(keysOf(sources)),
    noticedAt: instant,
    /** Who told us of it, and when; null where it was no processor. */
    processor: z.strictObject({ number: partyNumber, toldAt: instant }).nullable(),
  }),
  noted: z.strictObject({}),
  confirmed: z.strictObject({ awareAt: instant }),
  /** With when it was noticed, where that was earlier as well. */
  'aware-moved': z.strictObject({ awareAt: instant, noticedAt: instant.optional() }),
  described: z.strictObject({
    kinds: z
      .array(z.enum(keysOf(breachKinds)))
      .min(1)
      .max(3),
    groups: z.array(z.enum(keysOf(personGroups))).max(6),
    categories: z.array(z.enum(keysOf(categories))).max(7),
    persons: range.nullable(),
    records: range.nullable(),
    /** Numbers of assets, by the register. */
    systems: z.array(z.string().regex(/^AS-[0-9-]{1,20}$/)).max(40),
    readability: z.enum(keysOf(readability)),
    cause: z.enum(keysOf(causes)),
    states: z.array(z.enum(keysOf(memberStates))).max(30),
    /** Which of the texts came with it; the others stay as they were. */
    wrote: z.array(z.enum(describedTexts)).max(3),
  }),
  assessed: z.strictObject({
    factors: riskFactors,
    /** By the rule. */
    found: z.enum(keysOf(risks)),
    /** As decided; where it differs, the reasons stand beside. */
    risk: z.enum(keysOf(risks)),
  }),
  contained: z.strictObject({ containedAt: instant }),
  /** Digest of all that stood on record. */
  'clearance-proposed': z.strictObject({ events: sha256 }),
  'clearance-returned': z.strictObject({}),
  'clearance-approved': z.strictObject({ of: z.int().min(1), events: sha256 }),
  'notification-signed': z.strictObject({
    phase: z.int().min(1).max(99),
    /** Of the text of the notification. */
    digest: sha256,
    /** What of Art 33(3) is to come later. */
    missing: z.array(z.enum(keysOf(contents))).max(10),
    /** Signed after the 72 hours, with the reasons for that. */
    isLate: z.boolean(),
  }),
  'notification-sent': z.strictObject({
    /** The event by which it was signed. */
    of: z.int().min(1),
    sentAt: instant,
    channel: z.enum(keysOf(authorityChannels)),
    reference: z.string().regex(referenceShape),
  }),
  'persons-listed': z.strictObject({ count: z.int().min(1).max(10_000) }),
  /** Who was on the list by mistake, and was not told yet. */
  'persons-taken-off': z.strictObject({ count: z.int().min(1).max(10_000) }),
  'persons-decided': z.strictObject({
    isTold: z.boolean(),
    exception: z.enum(keysOf(exceptions)).nullable(),
  }),
  /** The event by which somebody else decided that an exception holds. */
  'persons-agreed': z.strictObject({ of: z.int().min(1) }),
  'persons-told': z.strictObject({
    sentAt: instant,
    channel: z.enum(keysOf(personChannels)),
    /** Persons who were told; null for a public communication. */
    count: z.int().min(1).max(1e9).nullable(),
    /** How many of them are on the list. */
    listed: z.int().min(0).max(1e9).optional(),
  }),
  closed: z.strictObject({}),
  'dismissal-proposed': z.strictObject({}),
  'dismissal-approved': z.strictObject({ of: z.int().min(1) }),
  dismissed: z.strictObject({}),
  reopened: z.strictObject({}),
  warned: z.strictObject({ hours: z.literal([...warnedHours]) }),
  'suspicion-warned': z.strictObject({ hours: z.literal([...suspectedHours]) }),
  'persons-warned': z.strictObject({ hours: z.literal([...personsWarnedHours]) }),
  'rest-warned': z.strictObject({
    hours: z.literal([...restWarnedHours]),
    /** What of Art 33(3) the last part that was sent did not hold. */
    missing: z.array(z.enum(keysOf(contents))).max(10),
  }),
} as const satisfies Record<BreachEventKind, z.ZodType>;

export type BreachFacts<K extends BreachEventKind> = z.infer<(typeof breachFacts)[K]>;
export type BreachEvent = EventOf<typeof breachFacts>;

/** @throws when the row says what no event says: it was written past this program. */
export const readBreachEvent = (row: EventRow): BreachEvent => readEventRow(breachFacts, row);
