/**
 * The shape of the board's quarterly pack: figures and references, no free text that somebody wrote and that may have
 * to be erased, for a pack stays as it is. Pure.
 */
import { z } from 'zod';
import { canonicalize, digestOf } from '#lib/protocol/intent.ts';

/** The most lines that a list in a pack has; each says beside it how many there are. */
export const listMax = 50;
export const topRisksMax = 10;

const count = z.int().min(0);
const day = z.iso.date();
const maybeDay = day.nullable();
const instant = z.iso.datetime();
const line = z.string().max(400);
const few = <S extends z.ZodType>(of: S) => z.array(of).max(listMax);
const mean = z.strictObject({ minutes: z.int(), of: count }).nullable();

const incidents = z.strictObject({
  noticed: count,
  major: count,
  byCause: z.array(z.strictObject({ cause: line, count })).max(20),
  /** From one moment to the next, of so many incidents; null where none has both. */
  means: z.strictObject({ detect: mean, classify: mean, contain: mean, recover: mean }),
  /** As they stand now, whenever they were noticed. */
  openNow: count,
  openMajorNow: count,
});

/** Time limits that were due in the quarter. */
const clocks = z.array(z.strictObject({ clock: line, kept: count, missed: count })).max(40);

const tests = z.strictObject({
  done: count,
  failed: count,
  planned: count,
  overdue: count,
  overdueList: few(z.strictObject({ number: line, type: line, dueOn: day })),
  doneList: few(
    z.strictObject({ number: line, type: line, doneOn: day, result: line, findings: count }),
  ),
  findings: z
    .array(z.strictObject({ severity: line, found: count, open: count, overdue: count }))
    .max(10),
});

const thirdParties = z.strictObject({
  providers: count,
  contracts: count,
  criticalContracts: count,
  concentrations: count,
  concentrationList: few(
    z.strictObject({
      kind: line,
      article: line,
      provider: line,
      providerName: line.nullable(),
      contracts: count,
      detail: line,
    }),
  ),
  contractsLackingClauses: count,
  clausesMissing: count,
  /** Contracts in force for critical functions without a test of the exit plan within a year. */
  exitPlansUntested: count,
});

const planTest = z.strictObject({
  number: line,
  plan: line,
  doneOn: day,
  state: line,
  plannedRtoMinutes: count.nullable(),
  actualRtoMinutes: count.nullable(),
  plannedRpoMinutes: count.nullable(),
  actualRpoMinutes: count.nullable(),
});

const continuity = z.strictObject({
  plans: count,
  approved: count,
  reviewsOverdue: count,
  testsOverdue: count,
  tests: count,
  testList: few(planTest),
  /** The tightest objectives of critical functions, in hours; null where none is defined. */
  objective: z.strictObject({ rtoHours: count.nullable(), rpoHours: count.nullable() }),
  drills: count,
  drillList: few(
    z.strictObject({
      kind: line,
      title: line,
      endedAt: instant,
      outcome: line,
      rtoMs: count.nullable(),
      rpoMs: count.nullable(),
      digest: line,
    }),
  ),
  drillFaults: z.array(z.strictObject({ kind: line, why: line, title: line, dueOn: day })).max(20),
});

const risks = z.strictObject({
  open: count,
  accepted: count,
  overAppetite: count,
  reviewsOverdue: count,
  top: z
    .array(
      z.strictObject({
        number: line,
        category: line,
        score: count,
        appetite: count,
        state: line,
        reviewOn: maybeDay,
      }),
    )
    .max(topRisksMax),
});

const register = z
  .array(
    z.strictObject({ template: line, name: line, asked: count, filled: count, missingRows: count }),
  )
  .max(20);

const custody = z.strictObject({
  /** Of the newest snapshot of reserves; null where none was taken. */
  coverage: z
    .strictObject({
      closedAt: instant,
      digest: line,
      assets: few(
        z.strictObject({
          asset: line,
          /** Exact decimal texts in whole units. */
          owed: line,
          there: line,
          difference: line,
          cover: z.enum(['equal', 'short', 'over']),
        }),
      ),
    })
    .nullable(),
  /** Hundredths of a percent, rounded down; null of nothing. */
  cold: few(
    z.strictObject({
      asset: line,
      total: line,
      share: count.nullable(),
      state: z.enum(['inside', 'below', 'above']),
    }),
  ),
});

const functions = z.strictObject({
  critical: count,
  /** Critical functions that lack something. */
  lacking: count,
  lackingList: few(z.strictObject({ number: line, name: line, lacks: z.array(line).max(20) })),
});

const duties = z.strictObject({
  overdue: few(z.strictObject({ id: line, what: line, article: line, dueOn: day })),
  /** Asked for regularly, and no record shows when it was done last. */
  unknown: few(z.strictObject({ id: line, what: line, article: line })),
});

export const packType = 'countersign/board-pack/v1';

export const boardPack = z.strictObject({
  type: z.literal(packType),
  organisation: z.string(),
  environment: z.enum(['sandbox', 'production']),
  quarter: z.string().regex(/^2\d{3}-Q[1-4]$/),
  from: day,
  until: day,
  /** When the figures were drawn; what is no figure of the quarter stands as it was then. */
  asOf: instant,
  incidents,
  clocks,
  tests,
  thirdParties,
  continuity,
  risks,
  register,
  custody,
  functions,
  duties,
});
export type BoardPack = z.infer<typeof boardPack>;

/** The text that is kept and signed: canonical JSON. */
export const packText = (pack: BoardPack): string => canonicalize(pack);

/** SHA-256 of that text, hex. */
export const packDigest = (pack: BoardPack): string => digestOf(pack);

/** A pack out of its text. @throws on a text that is none, which the database keeps from being stored. */
export const readPack = (text: string): BoardPack => boardPack.parse(JSON.parse(text));

/** What people decide about a pack or a document. */
export const decisions = ['approved', 'conditions', 'noted'] as const;
export type Decision = (typeof decisions)[number];
