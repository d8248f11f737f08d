/** What machines read of a package: two documents, each with a version in its type. */
import { z } from 'zod';

const lines = z.array(z.string());

const received = z.strictObject({
  name: z.string(),
  /** As what, or how it is known. */
  what: z.string(),
  /** Null where it goes on, or nobody wrote down when it was. */
  on: z.iso.datetime().nullable(),
});
export type Received = z.infer<typeof received>;

const information = z.strictObject({
  controller: z.string(),
  dataProtectionOfficer: z.string(),
  /** Each with its legal basis (Art 15(1)(a)). */
  purposes: lines,
  recipients: z.strictObject({
    /** Who is on record as having received data, by name (Art 15(1)(c)). */
    received: z.array(received),
    /** Who may get them, by the map of fields and the record of processing. */
    mayReceive: lines,
  }),
  /** Of values, logs and copies; of records, each system says it. */
  retention: lines,
  /** To third countries, with their safeguards (Art 15(2)). */
  transfers: lines,
  /** On its own and apart from the other rights (Art 21(4)): to what they can object, and what follows. */
  objection: lines,
  rights: lines,
  complaint: z.string(),
  automatedDecisions: z.string(),
  /** What this copy can't say, and why. */
  notKnown: lines,
});
export type Information = z.infer<typeof information>;

const value = z.strictObject({
  field: z.string(),
  label: z.string(),
  category: z.string(),
  /** Counts up with each correction; the greatest is what holds. */
  version: z.int(),
  value: z.string(),
  /** provided | observed | derived | third-party, by the kind of value. */
  origin: z.string(),
  /** From where it is, as it was written down with it (Art 15(1)(g)). */
  source: z.string(),
  recordedAt: z.iso.datetime(),
  purposes: lines,
  legalBasis: z.string(),
  recipients: lines,
  keptUntil: z.string(),
});
export type PackageValue = z.infer<typeof value>;

/** What stays out since nobody can open it: no ground of a decision, and no refusal. */
export const notOpened = 'not-opened';

const leftOut = z.strictObject({
  what: z.string(),
  records: z.int().min(1),
  /** Code of the ground, as the decision names it; `not-opened` is none that it has to name. */
  ground: z.string(),
  /** The ground in words, with its article. */
  why: z.string(),
});
export type LeftOut = z.infer<typeof leftOut>;

const fact = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const record = z.strictObject({
  ref: z.string(),
  at: z.iso.datetime().nullable(),
  facts: z.record(z.string(), fact),
});

const text = z.strictObject({
  about: z.string(),
  at: z.iso.datetime().nullable(),
  text: z.string(),
});
export type PackageText = z.infer<typeof text>;

const head = {
  /** Number of the request that it answers. */
  request: z.string(),
  organisation: z.string(),
  environment: z.enum(['sandbox', 'production']),
  /** When the data were read. */
  asOf: z.iso.datetime(),
  person: z.string(),
};

/** A copy of all that is held (Art 15), with what the person is told beside it. */
export const accessPackage = z.strictObject({
  type: z.literal('countersign/access-package/v3'),
  ...head,
  roles: lines,
  information,
  values: z.array(value),
  texts: z.array(text),
  /** Parts that the person does not get, each with its ground; where any is a ground of law, it was granted in part. */
  leftOut: z.array(leftOut),
  /** Everything else by the system that holds it; movements of the ledger are complete, in smallest units. */
  systems: z.record(
    z.string(),
    z.strictObject({
      name: z.string(),
      what: z.string(),
      /** How long, and by which law. */
      kept: z.string(),
      records: z.array(record),
    }),
  ),
});

const at = z.iso.datetime();
const units = z.string().regex(/^-?\d+$/);

/** A movement on an account of the person, which what they did caused. */
const movement = z.strictObject({
  ref: z.string().describe('Tells it from other movements'),
  at: at.describe('When it was booked, UTC'),
  account: z.string(),
  asset: z.string(),
  decimals: z.int().nullable().describe('Digits after the point; null where nothing says how many'),
  kind: z.string(),
  amount: units.describe('In the smallest unit of the asset; positive came in'),
  balance: units.describe('After it, in the smallest unit of the asset'),
  operation: z.string().nullable(),
  transaction: z.string().nullable().describe('Id of the transaction on its chain'),
  bankReference: z.string().nullable(),
  counterparty: z.string().nullable().describe('Address from or to which it went'),
});

/** Something that the person had done with their assets. */
const operation = z.strictObject({
  ref: z.string(),
  at: at.describe('When it was raised, UTC'),
  number: z.string(),
  kind: z.string(),
  client: z.string(),
  asset: z.string().nullable(),
  amount: units.nullable().describe('In the smallest unit of the asset'),
  destination: z.string().nullable().describe('Address on the chain of the asset'),
});

/** An address to which the person lets withdrawals go. */
const destination = z.strictObject({
  ref: z.string(),
  at: at.nullable().describe('When it was listed, UTC'),
  client: z.string(),
  chain: z.string(),
  asset: z.string(),
  address: z.string(),
  removedAt: at.nullable(),
});

/** What portability hands out of each system: its records by this shape and no other fact (Art 20; WP 242). */
export const portableRecords = {
  ledger: movement,
  operations: operation,
  destinations: destination,
};
export type PortableSystem = keyof typeof portableRecords;

/** What the person provided or caused by using the service, where it rests on consent or contract (Art 20). */
export const portabilityPackage = z.strictObject({
  type: z.literal('countersign/portability-package/v3'),
  ...head,
  values: z.array(
    z.strictObject({
      field: z.string(),
      label: z.string(),
      value: z.string(),
      recordedAt: z.iso.datetime(),
      legalBasis: z.string(),
    }),
  ),
  /** Clients and values of which nothing is in it, with the ground; where there are any, it was granted in part. */
  leftOut: z.array(leftOut),
  ledger: z.array(movement).describe('Every movement, by account and oldest first'),
  operations: z.array(operation),
  destinations: z.array(destination),
});
export type PortabilityPackage = z.infer<typeof portabilityPackage>;
export type PackageHead = Omit<PortabilityPackage, 'type' | 'values' | 'leftOut' | PortableSystem>;

/** The schema of the document for machines, as it goes out beside it. */
export const portabilitySchema = (): string =>
  `${JSON.stringify({ title: 'Portability package: what a person provided or caused, on consent or contract', ...z.toJSONSchema(portabilityPackage) }, null, 2)}\n`;
