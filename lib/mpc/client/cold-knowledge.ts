/**
 * What a cold party already knows, and what has to go with the next document. The console keeps the
 * answer between trips; where it is wrong the cold party refuses, and the count starts again from 0.
 */
import { z } from 'zod';
import type { OperationBundle } from '#lib/protocol/bundle.ts';
import { operationId } from '#lib/protocol/scalars.ts';
import type { SignedStatement } from '#lib/protocol/statement.ts';
import type { News } from '../wire/cold-documents.ts';
import { hexOf } from '../wire/encoding.ts';
import { signatureList } from '../wire/payloads.ts';
import type { AdoptionReceipt } from '../wire/receipt.ts';
import { rpc, type RpcAnswer } from '../wire/rpc.ts';
import { adopt, type PartyClient, type PartyNo } from './party-client.ts';

/** A signature that came of a share of the cold party, for it to know as well. */
/** Longest unsigned bytes of a trip, in base64url. */
export const MESSAGE_CHARACTERS_MAX = 24 * 1024;

const signedMessage = { operation: operationId, message: z.string().max(MESSAGE_CHARACTERS_MAX) };

/** What was kept before there were parts has one signature. */
export const settlement = z.union([
  z.strictObject({ ...signedMessage, signatures: signatureList }),
  z
    .strictObject({ ...signedMessage, signature: hexOf(64) })
    .transform(({ signature, ...of }) => ({ ...of, signatures: [signature] })),
]);
export type Settlement = z.infer<typeof settlement>;

/** Plain data, to be kept for each cold party. */
export type ColdKnowledge = {
  /** The party with a network by whose list of decrees it is counted, and the last one it has. */
  by: string;
  seq: number;
  /** Signatures it has not been told yet. */
  settlements: readonly Settlement[];
};

export const knowsNothing: ColdKnowledge = { by: '', seq: 0, settlements: [] };

/** Of two trips that were under way at the same time, what the cold party knows after both. */
export function mergeKnowledge(a: ColdKnowledge, b: ColdKnowledge): ColdKnowledge {
  const known = a.by === b.by && a.seq > b.seq ? a : b;
  const settlements = new Map(
    [...a.settlements, ...b.settlements].map((entry) => [entry.operation, entry]),
  );
  return { ...known, settlements: [...settlements.values()] };
}

/** A cold party hears of at most so many decrees in one document. */
const NEWS_MAX = 400;
const PAGES_MAX = 20;

type Decree = RpcAnswer<'coldNews'>['decrees'][number];

async function readDecrees(
  client: PartyClient,
  after: number,
): Promise<{ ok: true; value: { decrees: Decree[]; last: number } } | PartyNo> {
  const decrees: Decree[] = [];
  let [seq, last] = [after, after];
  for (let page = 0; page < PAGES_MAX && decrees.length < NEWS_MAX; page += 1) {
    const read = await client.call(rpc.coldNews, { after: seq });
    if (!read.ok) return read;
    decrees.push(...read.value.decrees);
    ({ last } = read.value);
    seq = decrees.at(-1)?.seq ?? seq;
    if (seq >= last || read.value.decrees.length === 0) break;
  }
  return { ok: true, value: { decrees: decrees.slice(0, NEWS_MAX), last } };
}

/** One who adopted it answers the same receipt again; one who has not yet does so now. */
async function receiptsOf(
  others: readonly PartyClient[],
  bundle: OperationBundle,
): Promise<AdoptionReceipt[]> {
  const answers = await Promise.all(others.map((client) => adopt(client, bundle)));
  return answers.flatMap((given) => (given.ok ? [given.value] : []));
}

async function newsOf(decree: Decree, others: readonly PartyClient[]): Promise<News> {
  if (decree.receipt === null)
    // The cold party checks all of it; a relay that is lied to passes nothing on that counts.
    return { what: 'no', signed: decree.document as SignedStatement };
  const bundle = decree.document as OperationBundle;
  const receipts = [decree.receipt, ...(await receiptsOf(others, bundle))];
  return { what: 'decree', bundle, receipts };
}

/** Characters of news in one document, which may hold 256 KiB with everything beside them. */
const NEWS_LENGTH_MAX = 160_000;

export type Telling = {
  news: News[];
  knowledge: ColdKnowledge;
  /** False where more is new than goes beside anything else: the news have to travel first. */
  isAll: boolean;
};

/**
 * What the cold party lacks, in the order in which one party took it over, as much as fits.
 * @param of.first whose list is read; the same one each time, or the count starts anew.
 * @param of.others parties with a network that give their receipts as well.
 * @returns the news, and what the cold party knows once it has answered.
 */
export async function whatIsNew(of: {
  first: PartyClient;
  others: readonly PartyClient[];
  knowledge: ColdKnowledge;
}): Promise<{ ok: true; value: Telling } | PartyNo> {
  const { first, others, knowledge } = of;
  const after = knowledge.by === first.name ? knowledge.seq : 0;
  const read = await readDecrees(first, after);
  if (!read.ok) return read;
  const news: News[] = [];
  let [seq, length] = [after, 0];
  for (const decree of read.value.decrees) {
    const item = await newsOf(decree, others);
    length += JSON.stringify(item).length;
    if (news.length > 0 && length > NEWS_LENGTH_MAX) break;
    news.push(item);
    ({ seq } = decree);
  }
  const isAll = seq >= read.value.last;
  // What was signed builds on what was decreed, so it comes with the last of the news.
  const settlements = isAll ? [] : knowledge.settlements;
  if (isAll)
    for (const settlement of knowledge.settlements) news.push({ what: 'signature', ...settlement });
  return { ok: true, value: { news, isAll, knowledge: { by: first.name, seq, settlements } } };
}
