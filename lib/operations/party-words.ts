/**
 * What a party itself said about one operation in its newest report. The worker asks each party every
 * few seconds and writes down the answer, so it is the party's word as the worker tells it. Pure.
 */
import { z } from 'zod';
import { viewLastDecision } from './view-last-decision.ts';

const told = z.object({
  ok: z.literal(true),
  status: z.looseObject({
    lastDecision: z
      .looseObject({
        at: z.string(),
        event: z.string(),
        operation: z.string().nullable().default(null),
        refusal: z.string().nullable().default(null),
      })
      .nullable()
      .catch(null),
    waits: z
      .array(z.looseObject({ operation: z.string(), until: z.string() }))
      .max(1000)
      .catch([]),
    freezes: z
      .array(z.looseObject({ operation: z.string(), since: z.string() }))
      .max(1000)
      .catch([]),
    keys: z
      .array(z.looseObject({ key: z.string(), epoch: z.number(), state: z.string() }))
      .max(1000)
      .catch([]),
  }),
});

export type PartyWord = {
  /** ISO instant of the report; null where the party was never asked. */
  at: string | null;
  /** False where it did not answer when it was asked last. */
  answers: boolean;
  /** What it says of the operation, each a sentence with its time; empty where it says nothing. */
  says: { at: string; words: string }[];
  /** It says that it handed out its part or signed. */
  hasSigned: boolean;
  /** It says until when it waits; ISO instant. */
  waitsUntil: string | null;
};

const silent = { answers: false, says: [], hasSigned: false, waitsUntil: null };

const signing: ReadonlySet<string> = new Set(['released', 'signed']);

/**
 * @param row of the report as it lies in the database; undefined for a party that was never asked.
 * @param of.number of the operation. @param of.key the operation makes or changes, null for none.
 */
export function wordAbout(
  row: { at: Date; status: unknown } | undefined,
  of: { operation: string; number: string; key: string | null },
): PartyWord {
  if (!row) return { ...silent, at: null };
  const at = row.at.toISOString();
  const read = told.safeParse(row.status);
  if (!read.success) return { ...silent, at };
  const { lastDecision, waits, freezes, keys } = read.data.status;
  const isAboutIt = lastDecision !== null && lastDecision.operation === of.operation;
  const wait = waits.find(({ operation }) => operation === of.operation);
  const freeze = freezes.find(({ operation }) => operation === of.operation);
  const key = of.key === null ? undefined : keys.find((held) => held.key === of.key);
  return {
    at,
    answers: true,
    says: [
      // That it keeps the freeze says that it took it over.
      ...(isAboutIt && !(freeze && lastDecision.event === 'adopted')
        ? [{ at: lastDecision.at, words: decisionWords(lastDecision, of.number) }]
        : []),
      ...(freeze
        ? [{ at: freeze.since, words: `It keeps ${of.number} as a freeze that stands.` }]
        : []),
      ...(wait ? [{ at, words: `It waits with ${of.number}.` }] : []),
      ...(key ? [{ at, words: keyWords(key) }] : []),
    ],
    hasSigned: isAboutIt && signing.has(lastDecision.event),
    waitsUntil: wait?.until ?? null,
  };
}

function decisionWords(
  last: { at: string; event: string; operation: string | null; refusal: string | null },
  number: string,
): string {
  const { words, sentence } = viewLastDecision(last);
  return sentence === null ? `${words} ${number}.` : `${words} ${number}: ${sentence}`;
}

const stateWords: Readonly<Record<string, string>> = {
  usable: 'it is usable',
  prepared: 'it is prepared and not used yet',
  lost: 'its share is lost',
};

const keyWords = ({ key, epoch, state }: { key: string; epoch: number; state: string }): string =>
  `It keeps key ${key} at epoch ${epoch}; ${stateWords[state] ?? `it calls that “${state}”`}.`;
