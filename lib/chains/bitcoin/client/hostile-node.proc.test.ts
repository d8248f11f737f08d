import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { signPayment, testKey } from '#lib/sandbox/bitcoin/testing/signed.ts';
import { readTxHex } from '#lib/sandbox/bitcoin/wire.ts';
import {
  hangUp,
  noAnswers,
  PATIENCE_MS,
  result,
  says,
  silence,
  startStranger,
  thrownBy,
  waits,
  type Reply,
} from '../../testing/hostile-replies.ts';
import { createCoreSource } from './core-source.ts';
import { wholeHistory } from './compared.ts';
import { BitcoinNodeError } from './node-error.ts';
import { RawError } from './raw-transaction.ts';
import type { BitcoinSource } from './source.ts';
import { error, startHostileNode, type HostileNode } from './testing/hostile-node.ts';
import { makeSource, sourceKinds } from './testing/setting.ts';

const key = testKey(new Uint8Array(32).fill(4));
const hex = signPayment(key, {
  coins: [{ txid: 'ab'.repeat(32), vout: 0, value: 50_000n, kind: 'segwit' }],
  to: [{ address: key.taproot.address, value: 40_000n }],
});
const raw = Uint8Array.from(Buffer.from(hex, 'hex'));
const { txid } = readTxHex(hex);
const otherId = 'cd'.repeat(32);
const { address } = key.taproot;
const scriptText = readTxHex(hex).outputs[0]?.script ?? '';

let node: HostileNode;
beforeAll(async () => {
  node = await startHostileNode();
});
afterAll(() => node.close());
beforeEach(() => {
  node.asked = [];
});

async function faultOf(question: () => Promise<unknown>): Promise<string> {
  const thrown = await thrownBy(question, PATIENCE_MS);
  if (!(thrown instanceof BitcoinNodeError)) throw thrown;
  return thrown.fault;
}

const everyQuestion = (source: BitcoinSource): (() => Promise<unknown>)[] => [
  () => source.tip(),
  () => source.utxos(address),
  () => source.transaction(txid),
  () => source.spending({ txid, vout: 0 }),
  () => source.feeRate(2),
  () => source.history(address, { from: 0, cursor: null }),
];

describe.each(sourceKinds)('an answer that %s is given by a hostile server', (kind) => {
  let source: BitcoinSource;
  let hasty: BitcoinSource;
  beforeAll(() => {
    source = makeSource(kind, node.url, { timeoutMs: waits.patientMs });
    hasty = makeSource(kind, node.url, { timeoutMs: waits.hastyMs });
  });

  it.each<[string, Reply, string]>([
    ...noAnswers.map(([name, behaviour, fault]): [string, Reply, string] => [
      name,
      behaviour,
      `node-${fault}`,
    ]),
    ['is nested deeply', says(() => '['.repeat(200_000)), 'node-bad-answer'],
    ['is of another shape', says(() => '{"a":1}'), 'node-bad-answer'],
    ['has endless digits', says(() => '9'.repeat(100_000)), 'node-bad-answer'],
    ['is HTTP 401', says(() => '', 401), 'node-unauthorised'],
  ])('%s: refused by name within the time-out', async (_name, behaviour, fault) => {
    node.reply = behaviour;
    const asked = fault === 'node-timeout' ? hasty : source;
    for (const question of everyQuestion(asked)) expect(await faultOf(question)).toBe(fault);
  });

  it('and of the wrong shape is refused by every question', async () => {
    node.reply = kind === 'core' ? result('{"a":[1]}') : says(() => '{"a":[1]}');
    for (const question of everyQuestion(source))
      expect(await faultOf(question)).toBe('node-bad-answer');
  });

  it.each<[string, Reply]>([
    ['never answers', silence],
    ['hangs up', hangUp],
    ['is overloaded', says(() => '', 503)],
    ['answers with no id', kind === 'core' ? result('true') : says(() => 'true')],
    ['answers with another id', kind === 'core' ? result(`"${otherId}"`) : says(() => otherId)],
    ['fails without a reason', says(() => 'trouble', 400)],
    ['fails inside', error(-32603, 'Internal error')],
    ['is still starting', error(-28, 'Loading block index…')],
  ])('sending to one that %s has an unknown outcome', async (_name, behaviour) => {
    node.reply = behaviour;
    const started = performance.now();
    const asked = behaviour === silence ? hasty : source;
    expect(await asked.send(raw)).toMatchObject({ outcome: 'unknown', txid });
    expect(performance.now() - started).toBeLessThan(PATIENCE_MS);
  });

  it('sends nothing that is no transaction', async () => {
    await expect(source.send(raw.subarray(1))).rejects.toThrow(RawError);
    expect(node.asked).toEqual([]);
  });

  it('never shows name or password of a node in an error', async () => {
    node.reply = says(() => '', 401);
    const thrown: unknown = await source.tip().catch((reason: unknown) => reason);
    expect(String(thrown)).not.toMatch(/console|secret/);
  });
});

describe('a hostile Core node', () => {
  const source = (): BitcoinSource => makeSource('core', node.url, { timeoutMs: waits.hastyMs });

  it('that is catching up is behind, not a tip', async () => {
    node.reply = result(`{"blocks":1,"bestblockhash":"${otherId}","initialblockdownload":true}`);
    expect(await faultOf(() => source().tip())).toBe('node-behind');
  });

  it.each(['-1', '0.000000001', '"0.5"', '22000000', '1e400'])(
    'that says an amount of %s is not believed',
    async (amount) => {
      node.reply = result(
        `{"success":true,"unspents":[{"txid":"${txid}","vout":0,"scriptPubKey":"","amount":${amount},"height":1}]}`,
      );
      expect(await faultOf(() => source().utxos(address))).toBe('node-bad-answer');
    },
  );

  it.each(['0.50000001', '0', '-1'])('that says a fee rate of %s is not believed', async (rate) => {
    node.reply = result(`{"feerate":${rate},"blocks":2}`);
    expect(await faultOf(() => source().feeRate(2))).toBe('node-bad-answer');
  });

  it('that has no fee rate to offer says so without an error', async () => {
    node.reply = result('{"errors":["Insufficient data or no feerate found"],"blocks":2}');
    expect(await source().feeRate(2)).toBeNull();
  });

  it('that answers another question is not believed', async () => {
    node.reply = says(() => '{"jsonrpc":"2.0","id":99999,"result":null}');
    expect(await faultOf(() => source().tip())).toBe('node-bad-answer');
  });

  it.each<[string, (id: string) => string]>([
    ['an id in quotation marks', (id) => `{"jsonrpc":"2.0","id":"${id}","result":null}`],
    ['an id with a point', (id) => `{"jsonrpc":"2.0","id":${id}.0,"result":null}`],
    ['no id', () => '{"jsonrpc":"2.0","result":null}'],
    ['a second id', (id) => `{"jsonrpc":"2.0","id":${id},"id":99999,"result":null}`],
    ['a reason without a code', (id) => `{"id":${id},"result":null,"error":{"message":"no"}}`],
    ['a list of answers', (id) => `[{"jsonrpc":"2.0","id":${id},"result":null}]`],
  ])('that gives %s is not believed', async (_name, answer) => {
    node.reply = says(answer);
    expect(await faultOf(() => source().tip())).toBe('node-bad-answer');
  });

  it.each(['9007199254740993', '2147483648', '-1', '1.5', '1e3', '"7"'])(
    'that says a height of %s is not believed',
    async (blocks) => {
      node.reply = result(
        `{"blocks":${blocks},"bestblockhash":"${otherId}","initialblockdownload":false}`,
      );
      expect(await faultOf(() => source().tip())).toBe('node-bad-answer');
    },
  );

  it('that says an amount twice is found out by the transaction, whichever it meant', async () => {
    for (const amounts of ['"amount":0.5,"amount":0.4', '"amount":0.0004,"amount":0.5']) {
      const unspent = `{"txid":"${txid}","vout":0,"scriptPubKey":"${scriptText}",${amounts},"height":1}`;
      const answers: Readonly<Record<string, string>> = {
        scantxoutset: `{"success":true,"unspents":[${unspent}]}`,
        getrawtransaction: `"${hex}"`,
        gettxout: '{}',
      };
      node.reply = (response, id) => result(answers[node.asked.at(-1) ?? ''] ?? '')(response, id);
      expect(await faultOf(() => source().utxos(address))).toBe('node-answer-untrue');
    }
  });

  it('that gives another transaction than asked for is found out', async () => {
    node.reply = result(`{"hex":"${hex}"}`);
    expect(await source().transaction(txid)).toMatchObject({ transaction: { txid }, block: null });
    expect(await faultOf(() => source().transaction(otherId))).toBe('node-answer-untrue');
  });

  it('that has neither a coin nor a block in which it was spent proves nothing of it', async () => {
    const answers: Readonly<Record<string, string>> = {
      getrawtransaction: `{"hex":"${hex}","blockhash":"${otherId}"}`,
      getblockheader: `{"hash":"${otherId}","height":1,"confirmations":5}`,
      gettxout: 'null',
      scanblocks: '{"relevant_blocks":[],"completed":true}',
    };
    node.reply = (response, id) => result(answers[node.asked.at(-1) ?? ''] ?? '0')(response, id);
    expect(await faultOf(() => source().spending({ txid, vout: 0 }))).toBe('node-bad-answer');
    expect(node.asked).toContain('scanblocks');
    expect(await source().spending({ txid, vout: 7 })).toEqual({ state: 'unknown' });
  });

  it('is signed in to with name and password', async () => {
    let given: string | undefined;
    node.reply = (response, id) => {
      given = response.req.headers.authorization;
      result('null')(response, id);
    };
    await source()
      .tip()
      .catch(() => null);
    expect(given).toBe(`Basic ${Buffer.from('console:secret').toString('base64')}`);
  });
});

describe('a hostile Esplora index', () => {
  const source = (): BitcoinSource => makeSource('esplora', node.url, { timeoutMs: waits.hastyMs });
  const utxo =
    (fields: string): Reply =>
    (response, id) => {
      const isList = node.asked.at(-1)?.endsWith('/utxo');
      says(() => (isList ? `[{"txid":"${txid}",${fields}}]` : hex))(response, id);
    };
  const inBlock = `"status":{"confirmed":true,"block_height":1,"block_hash":"${otherId}"}`;

  it('is believed where the transaction says the same', async () => {
    node.reply = utxo(`"vout":0,"value":40000,${inBlock}`);
    expect(await source().utxos(address)).toMatchObject([{ amount: 40_000n }]);
  });

  it.each([
    [`"vout":0,"value":40001,${inBlock}`],
    [`"vout":1,"value":40000,${inBlock}`],
    [`"vout":4294967295,"value":40000,${inBlock}`],
  ])('that says %s of an unspent output is found out', async (fields) => {
    node.reply = utxo(fields);
    expect(await faultOf(() => source().utxos(address))).toBe('node-answer-untrue');
  });

  it('that gives the unspent output of somebody else is found out', async () => {
    node.reply = utxo(`"vout":0,"value":40000,${inBlock}`);
    expect(await faultOf(() => source().utxos(key.segwit.address))).toBe('node-answer-untrue');
  });

  it.each([
    '"vout":0,"value":4.5,"status":{"confirmed":false}',
    '"vout":0,"value":-1,"status":{"confirmed":false}',
    '"vout":0,"value":40000,"status":{"confirmed":true}',
    '"vout":0,"value":2100000000000001,"status":{"confirmed":false}',
    '"vout":0,"value":9007199254740993,"status":{"confirmed":false}',
    '"vout":4294967296,"value":40000,"status":{"confirmed":false}',
    '"vout":-1,"value":40000,"status":{"confirmed":false}',
    '"vout":0,"value":"40000","status":{"confirmed":false}',
    `"vout":0,"value":40000,"status":{"confirmed":true,"block_height":9007199254740993,"block_hash":"${'cd'.repeat(32)}"}`,
    '"vout":0,"value":40000,"status":{"confirmed":"false"}',
  ])('that says %s has the wrong shape', async (fields) => {
    node.reply = utxo(fields);
    expect(await faultOf(() => source().utxos(address))).toBe('node-bad-answer');
  });

  it('that calls a coin spent by what does not spend it is found out', async () => {
    const spent = (by: string): Reply => {
      return (response, id) => {
        const isSpend = node.asked.at(-1)?.includes('/outspend/');
        says(() => (isSpend ? `{"spent":true,"txid":"${by}","vin":0,${inBlock}}` : hex))(
          response,
          id,
        );
      };
    };
    node.reply = spent(txid);
    expect(await faultOf(() => source().spending({ txid, vout: 0 }))).toBe('node-answer-untrue');
    node.reply = spent(otherId);
    expect(await faultOf(() => source().spending({ txid, vout: 0 }))).toBe('node-answer-untrue');
    node.reply = says(() => 'Transaction not found', 404);
    expect(await source().spending({ txid, vout: 0 })).toEqual({ state: 'unknown' });
  });

  it.each(['9007199254740993', '2147483648', '-1', '1e3', '0x7', '7 8', ''])(
    'that says a height of %j is not believed',
    async (height) => {
      node.reply = says(() => (node.asked.at(-1)?.endsWith('/height') ? height : otherId));
      expect(await faultOf(() => source().tip())).toBe('node-bad-answer');
    },
  );

  it('that says an amount twice is held to what the transaction says', async () => {
    node.reply = utxo(`"vout":0,"value":40000,"value":50000,${inBlock}`);
    expect(await faultOf(() => source().utxos(address))).toBe('node-answer-untrue');
  });

  it('that lists a transaction it can not show stops the history instead of skipping it', async () => {
    node.reply = (response, id) => {
      const isList = node.asked.at(-1)?.endsWith('/txs');
      says(() => (isList ? `[{"txid":"${txid}",${inBlock}}]` : ''), isList ? 200 : 404)(
        response,
        id,
      );
    };
    expect(await faultOf(() => wholeHistory(source(), address, 0))).toBe('node-bad-answer');
  });

  it('that shows the same page again and again does not keep the walk going', async () => {
    node.reply = (response, id) => {
      const isList = node.asked.at(-1)?.includes('/txs');
      says(() => (isList ? `[{"txid":"${txid}",${inBlock}}]` : hex))(response, id);
    };
    const patient = makeSource('esplora', node.url, { timeoutMs: 5_000 });
    await expect(wholeHistory(patient, address, 0)).rejects.toMatchObject({
      fault: 'node-bad-answer',
    });
    expect(node.asked.length).toBeLessThan(1_000);
  });

  it.each<[string, string]>([
    ['sendrawtransaction RPC error: {"code":-26,"message":"dust"}', 'dust'],
    ['sendrawtransaction RPC error -26: min relay fee not met, 1 < 110', 'fee-too-low'],
    ['sendrawtransaction RPC error: {"code":-22,"message":"TX decode failed"}', 'not-accepted'],
  ])('whose refusal is %s is understood', async (said, refusal) => {
    node.reply = says(() => said, 400);
    expect(await source().send(raw)).toMatchObject({ outcome: 'refused', refusal });
  });
});

it('a server that speaks no HTTP is refused by name', async () => {
  const strange = await startStranger();
  for (const kind of sourceKinds)
    expect(await faultOf(() => makeSource(kind, strange.url).tip())).toBe('node-unreachable');
  strange.close();
});

it.each(['ftp://127.0.0.1', 'http://name:secret@127.0.0.1', 'not a url', ''])(
  'the address %j is refused at once',
  (url) => {
    for (const kind of sourceKinds) expect(() => makeSource(kind, url)).toThrow(TypeError);
  },
);

it('a chain that is none of Bitcoin, and a time-out that can not be, are refused at once', () => {
  const url = 'http://127.0.0.1:9';
  const chain = 'solana:mainnet';
  expect(() => createCoreSource({ url, credentials: null, chain })).toThrow(TypeError);
  expect(() => makeSource('esplora', url, { timeoutMs: 0 })).toThrow(TypeError);
});
