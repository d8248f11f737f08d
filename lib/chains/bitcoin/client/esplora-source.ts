/** An Esplora index as the source: its REST interface, as Blockstream's and mempool.space's servers have it. */
import { z } from 'zod';
import type { Outpoint } from '../conflict-key.ts';
import { addressScript } from './account-script.ts';
import { FEE_RATE_MAX, hash32, height, outputIndex, satoshis, transactionHex } from './answers.ts';
import {
  askOnce,
  checkTransaction,
  checkUtxo,
  entryOf,
  inBatches,
  isWholeList,
  largest,
  LISTED_MAX,
  spends,
} from './checked.ts';
import { createEsploraHttp, type EsploraHttp } from './esplora-http.ts';
import { ExactDecimal } from './exact-json.ts';
import { BitcoinNodeError } from './node-error.ts';
import type { RawTransaction } from './raw-transaction.ts';
import { sendOnce } from './send.ts';
import type {
  BitcoinSource,
  BlockRef,
  Coins,
  HistoryEntry,
  HistoryPage,
  HistoryQuery,
  KnownTransaction,
  SourceOptions,
  Spending,
  Utxo,
} from './source.ts';

/** Up to 50 that wait, and 25 of blocks; mempool.space's own servers give 50. */
const PAGE_MAX = 100;

const status = z
  .object({
    confirmed: z.boolean(),
    block_height: height.nullish(),
    block_hash: hash32.nullish(),
  })
  .transform((said, context): BlockRef | null => {
    if (!said.confirmed) return null;
    const { block_height: at, block_hash: hash } = said;
    if (at !== undefined && at !== null && hash) return { height: at, hash };
    context.addIssue({ code: 'custom', message: 'confirmed in no block' });
    return z.NEVER;
  });
/** In an object, because null is an answer here and a missing page as well. */
const statusAnswer = status.transform((placed) => ({ block: placed }));
const unspent = z
  .array(z.object({ txid: hash32, vout: outputIndex, status, value: satoshis }))
  .max(LISTED_MAX);
const historyPage = z
  .array(
    z.object({
      txid: hash32,
      status,
    }),
  )
  .max(PAGE_MAX);
const outspend = z.discriminatedUnion('spent', [
  z.object({ spent: z.literal(false) }),
  z.object({ spent: z.literal(true), txid: hash32, status }),
]);
const block = z.object({ id: hash32, height });
const feeEstimates = z.record(
  z.string().regex(/^\d{1,4}$/),
  z.union([z.bigint(), z.instanceof(ExactDecimal)]),
);

/** @param url with the path before `/blocks/tip`. @throws TypeError on a URL, time-out or chain that can't be. */
export function createEsploraSource(url: string, options: SourceOptions): BitcoinSource {
  const http = createEsploraHttp(url, options);
  return {
    tip: () => tip(http),
    blockHash: (at) => http.text(`/block-height/${at}`, 'block-height', hash32),
    utxos: (address) => utxos(http, address, addressScript(address, options.chain)),
    coins: (address) => coins(http, address, addressScript(address, options.chain)),
    transaction: (txid) => transaction(http, txid),
    spending: (outpoint) => spending(http, outpoint),
    send: (raw) => sendOnce(raw, (hex) => http.post(hex)),
    feeRate: (targetBlocks) => feeRate(http, targetBlocks),
    history: (address, query) =>
      history(http, address, addressScript(address, options.chain), query),
  };
}

async function tip(http: EsploraHttp): Promise<BlockRef> {
  const hash = present(await http.text('/blocks/tip/hash', 'blocks-tip', hash32), 'blocks-tip');
  const found = present(await http.json(`/block/${hash}`, 'block', block), 'block');
  if (found.id !== hash)
    throw new BitcoinNodeError('node-answer-untrue', 'block', 'another block than asked for');
  return { height: found.height, hash };
}

async function rawOf(http: EsploraHttp, txid: string): Promise<RawTransaction | null> {
  const hex = await http.text(`/tx/${txid}/hex`, 'tx-hex', transactionHex);
  return hex === null ? null : checkTransaction(hex, txid, 'tx-hex');
}

async function utxos(http: EsploraHttp, address: string, script: string): Promise<Utxo[]> {
  return (await coins(http, address, script)).coins;
}

async function coins(http: EsploraHttp, address: string, script: string): Promise<Coins> {
  const asked = 'address-utxo';
  const said = present(await http.json(`/address/${address}/utxo`, asked, unspent), asked);
  const listed = said.map(({ value, ...rest }) => ({ ...rest, amount: value }));
  const rawFor = askOnce((txid) => rawOf(http, txid));
  const checked = await inBatches(
    largest(listed),
    async ({ txid, vout, amount, status: placed }) => {
      const from = present(await rawFor(txid), 'tx-hex');
      return checkUtxo({ vout, amount, script, block: placed }, from, asked);
    },
  );
  return { coins: checked, isWhole: isWholeList(listed) };
}

async function transaction(http: EsploraHttp, txid: string): Promise<KnownTransaction | null> {
  const read = await rawOf(http, txid);
  if (!read) return null;
  const found = await http.json(`/tx/${txid}/status`, 'tx-status', statusAnswer);
  // It has gone from the mempool between the two questions.
  return found === null ? null : { transaction: read, block: found.block };
}

/** An index says of an output that it never saw that it is unspent, so what made it is asked for as well. */
async function spending(http: EsploraHttp, outpoint: Outpoint): Promise<Spending> {
  const { txid, vout } = outpoint;
  const made = await rawOf(http, txid);
  if (!made?.outputs[vout]) return { state: 'unknown' };
  const asked = 'tx-outspend';
  const said = present(await http.json(`/tx/${txid}/outspend/${vout}`, asked, outspend), asked);
  if (!said.spent || said.status === null) return { state: 'unspent' };
  const by = present(await rawOf(http, said.txid), 'tx-hex');
  if (spends(by, outpoint)) return { state: 'spent', by: { txid: by.txid, block: said.status } };
  throw new BitcoinNodeError('node-answer-untrue', asked, 'a transaction that spends another coin');
}

/** Satoshis per virtual byte by target, as decimals; of the targets given the nearest below. */
async function feeRate(http: EsploraHttp, targetBlocks: number): Promise<bigint | null> {
  const estimates = present(
    await http.json('/fee-estimates', 'fee-estimates', feeEstimates),
    'fee-estimates',
  );
  const targets = Object.keys(estimates).map(Number);
  const best = Math.max(...targets.filter((target) => target <= targetBlocks));
  const found = estimates[String(best)];
  if (found === undefined) return null;
  const rate = typeof found === 'bigint' ? found * 1000n : perThousand(found);
  if (rate > 0n && rate <= FEE_RATE_MAX) return rate;
  throw new BitcoinNodeError('node-bad-answer', 'fee-estimates', 'no fee rate that can be');
}

/** Rounded up to a whole satoshi per 1000 virtual bytes. */
function perThousand(rate: ExactDecimal): bigint {
  const scaled = rate.shifted(30);
  if (scaled === null) return 0n;
  const unit = 10n ** 27n;
  return (scaled + unit - 1n) / unit;
}

/** The cursor is the id of the last transaction in a block that was shown. */
async function history(
  http: EsploraHttp,
  address: string,
  script: string,
  { from, cursor }: HistoryQuery,
): Promise<HistoryPage> {
  const asked = 'address-txs';
  const path = cursor === null ? '' : `/chain/${cursor}`;
  const page = present(
    await http.json(`/address/${address}/txs${path}`, asked, historyPage),
    asked,
  );
  if (new Set(page.map(({ txid }) => txid)).size < page.length)
    throw new BitcoinNodeError('node-bad-answer', asked, 'the same transaction twice');
  const wanted = page.filter(({ status: at }) => at === null || at.height >= from);
  const entries = await inBatches(
    wanted,
    async ({ txid, status: at }): Promise<HistoryEntry | null> => {
      const read = present(await rawOf(http, txid), 'tx-hex');
      return entryOf(read, script, at);
    },
  );
  const last = page.findLast(({ status: at }) => at !== null);
  const isEnd = !last || wanted.length < page.length;
  return { entries: entries.flatMap((entry) => entry ?? []), next: isEnd ? null : last.txid };
}

/** @throws BitcoinNodeError `node-bad-answer` where the index says that there is no such thing. */
function present<T>(found: T | null, asked: string): T {
  if (found !== null) return found;
  throw new BitcoinNodeError('node-bad-answer', asked, 'what the index told of is not there');
}
