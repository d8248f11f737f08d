import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startScriptedNode, type ScriptedNode } from '../../solana/testing/scripted-node.ts';
import { createEthereumClient, type EthereumClient } from './client.ts';
import { compareEndpoints } from './compare-endpoints.ts';

const account = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';
const token = '0x5FbDB2315678afecb367f032d93F642f64180aa3';
const hashOf = (byte: string): string => `0x${byte.repeat(32)}`;
const blockOf = (number: bigint, hash: string) => ({
  number: `0x${number.toString(16)}`,
  hash,
  parentHash: hashOf('00'),
  timestamp: '0x1',
  baseFeePerGas: '0x7',
});

let nodes: [ScriptedNode, ScriptedNode];
let clients: [EthereumClient, EthereumClient];

beforeEach(async () => {
  nodes = [await startScriptedNode(), await startScriptedNode()];
  clients = [
    createEthereumClient(nodes[0].url, { timeoutMs: 2_000 }),
    createEthereumClient(nodes[1].url, { timeoutMs: 2_000 }),
  ];
});
afterEach(() => {
  for (const node of nodes) node.close();
});

const balance = (client: EthereumClient) => client.getBalance(account, 'finalized');

describe('two nodes', () => {
  test('that say the same agree, whole blocks too', async () => {
    for (const { answers } of nodes) {
      answers.set('eth_getBalance', '0x5');
      answers.set('eth_getBlockByNumber', blockOf(3n, hashOf('aa')));
    }
    expect(await compareEndpoints(clients, balance)).toEqual({ verdict: 'agree', value: 5n });
    expect(await compareEndpoints(clients, (one) => one.getBlock(3n))).toMatchObject({
      verdict: 'agree',
    });
  });

  test('of which one lies disagree, and nobody guesses which', async () => {
    nodes[0].answers.set('eth_getBalance', '0x5');
    nodes[1].answers.set('eth_getBalance', '0x6');
    expect(await compareEndpoints(clients, balance)).toEqual({
      verdict: 'disagree',
      first: 5n,
      second: 6n,
    });
  });

  test('of which one is away say so: its silence is no agreement', async () => {
    nodes[0].answers.set('eth_getBalance', '0x5');
    nodes[1].close();
    expect(await compareEndpoints(clients, balance)).toEqual({
      verdict: 'one-away',
      value: 5n,
      away: 'second',
      fault: 'rpc-unreachable',
    });
    nodes[0].close();
    expect(await compareEndpoints(clients, balance)).toMatchObject({ verdict: 'both-away' });
  });
});

describe('a stored block', () => {
  test('is kept, replaced, or not reached by a node that lags', async () => {
    const mark = { number: 3n, hash: hashOf('aa') };
    nodes[0].answers.set('eth_getBlockByNumber', blockOf(3n, hashOf('aa')));
    expect(await clients[0].checkMark(mark)).toBe('kept');
    nodes[0].answers.set('eth_getBlockByNumber', blockOf(3n, hashOf('bb')));
    expect(await clients[0].checkMark(mark)).toBe('replaced');
    expect(await clients[0].findKept([mark])).toBeNull();
    nodes[0].answers.set('eth_getBlockByNumber', null);
    expect(await clients[0].checkMark(mark)).toBe('not-reached');
    await expect(clients[0].findKept([mark])).rejects.toMatchObject({ fault: 'rpc-bad-answer' });
  });
});

describe('a client of one chain', () => {
  test('asks nothing and sends nothing where chain id or first block are others', async () => {
    const [{ url, answers }] = nodes;
    answers.set('eth_chainId', '0x1');
    answers.set('eth_getBlockByNumber', blockOf(0n, hashOf('aa')));
    answers.set('eth_getBalance', '0x5');
    const accepts = async ({ chainId, genesisHash }: { chainId: bigint; genesisHash: string }) =>
      chainId === 1n && genesisHash === hashOf('aa');
    const client = createEthereumClient(url, { timeoutMs: 2_000, accepts });
    expect(await balance(client)).toBe(5n);
    answers.set('eth_chainId', '0x5');
    await expect(client.sendTransaction(new Uint8Array([2]))).rejects.toMatchObject({
      fault: 'rpc-other-chain',
    });
    answers.set('eth_chainId', '0x1');
    answers.set('eth_getBlockByNumber', blockOf(0n, hashOf('bb')));
    await expect(balance(client)).rejects.toMatchObject({ fault: 'rpc-other-chain' });
  });
});

const euro = { decimals: 6, symbol: 'EURC', names: ['EURC'] };
/** As a contract returns a text: offset, length, the bytes, zeros to a whole word. */
function abiText(text: string | Buffer): string {
  const bytes = Buffer.from(text);
  const padded = Buffer.alloc(Math.ceil(bytes.length / 32) * 32);
  bytes.copy(padded);
  const word = (value: number) => value.toString(16).padStart(64, '0');
  return `0x${word(32)}${word(bytes.length)}${padded.toString('hex')}`;
}
/** Answers to calls, by what is called. */
const saying =
  ({ symbol, name }: { symbol: string; name: string }) =>
  ([call]: readonly unknown[]): string => {
    const text = JSON.stringify(call);
    if (text.includes('0x95d89b41')) return symbol;
    return text.includes('0x06fdde03') ? name : `0x${'6'.padStart(64, '0')}`;
  };

describe('a token whose contract does not keep to our data', () => {
  test.each<[string, object, object]>([
    [
      'has other decimals',
      { eth_getCode: '0x60', eth_call: `0x${'12'.padStart(64, '0')}` },
      { fault: 'token-decimals-differ' },
    ],
    ['has no code', { eth_getCode: '0x' }, { fault: 'token-has-no-code' }],
    [
      'answers nothing',
      { eth_getCode: '0x60', eth_call: '0x' },
      { fault: 'token-answers-nothing' },
    ],
    [
      'answers with decimals whatever it is asked',
      { eth_getCode: '0x60', eth_call: `0x${'6'.padStart(64, '0')}` },
      { fault: 'token-symbol-differs' },
    ],
    [
      'answers a text',
      { eth_getCode: '0x60', eth_call: '0x00000000' },
      { fault: 'token-answers-nothing' },
    ],
  ])('%s: a named fault, and nothing it says is shown', async (_name, answers, fault) => {
    for (const [method, answer] of Object.entries(answers)) nodes[0].answers.set(method, answer);
    expect(await clients[0].checkToken(token, euro)).toEqual({ ok: false, ...fault });
  });

  test('one that keeps to them is taken', async () => {
    nodes[0].answers.set('eth_getCode', '0x60');
    nodes[0].answers.set('eth_call', saying({ symbol: abiText('EURC'), name: abiText('EURC') }));
    expect(await clients[0].checkToken(token, euro)).toEqual({ ok: true });
  });

  test.each<[string, string]>([
    ['another name', abiText('Euro')],
    ['a name with a mark that turns the text around', abiText('\u202eCRUE')],
    ['the name with a space behind it', abiText('EURC ')],
    ['the name with a zero behind it', abiText('EURC\0')],
    ['a name that is no UTF-8', abiText(Buffer.from([0xff, 0x45]))],
    ['a name with bytes after its end', `${abiText('EURC').slice(0, -2)}01`],
    ['a name without an end', `0x${'0'.repeat(62)}20${'f'.repeat(64)}${'0'.repeat(64)}`],
    ['a page for a name', abiText('EURC'.repeat(20_000))],
  ])('says %s: a named fault, and nothing of it leaves', async (_what, name) => {
    nodes[0].answers.set('eth_getCode', '0x60');
    nodes[0].answers.set('eth_call', saying({ symbol: abiText('EURC'), name }));
    expect(await clients[0].checkToken(token, euro)).toEqual({
      ok: false,
      fault: 'token-name-differs',
    });
    nodes[0].answers.set('eth_call', saying({ symbol: name, name: abiText('EURC') }));
    expect(await clients[0].checkToken(token, euro)).toEqual({
      ok: false,
      fault: 'token-symbol-differs',
    });
  });
});

describe('the fate of a transfer', () => {
  const query = { account, nonce: 3n, hashes: [hashOf('cc')], unusedAt: 1n };
  const receipt = {
    transactionHash: hashOf('cc'),
    blockHash: hashOf('aa'),
    blockNumber: '0x9',
    from: account.toLowerCase(),
    status: '0x1',
    gasUsed: '0x5208',
    effectiveGasPrice: '0x2',
  };

  test.each<[string, object, object]>([
    [
      'executed and final where receipt, nonce and block fit together',
      { nonce: '0x4', block: blockOf(9n, hashOf('aa')), receipt },
      { fate: 'executed', succeeded: true, isFinal: true, feePaid: 42_000n },
    ],
    [
      'executed without success where it was undone',
      { nonce: '0x4', block: blockOf(9n, hashOf('aa')), receipt: { ...receipt, status: '0x0' } },
      { fate: 'executed', succeeded: false },
    ],
    [
      'unclear where the receipt is of a block put aside',
      { nonce: '0x4', block: blockOf(9n, hashOf('bb')), receipt },
      { fate: 'unclear' },
    ],
    [
      "unclear where the receipt is somebody else's",
      {
        nonce: '0x4',
        block: blockOf(9n, hashOf('aa')),
        receipt: { ...receipt, from: hashOf('ab').slice(0, 42) },
      },
      { fate: 'unclear' },
    ],
    [
      'unclear where there is a receipt while the nonce stands',
      { nonce: '0x3', block: blockOf(9n, hashOf('aa')), receipt },
      { fate: 'unclear' },
    ],
    [
      'possible while the nonce stands',
      { nonce: '0x3', block: blockOf(9n, hashOf('aa')), receipt: null },
      { fate: 'possible' },
    ],
    [
      'unclear, never superseded, where the nonce moved and nobody can show by what',
      { nonce: '0x4', block: blockOf(9n, hashOf('aa')), receipt: null },
      { fate: 'unclear' },
    ],
  ])('is %s', async (_name, of, fate) => {
    const said = of as { nonce: string; block: object; receipt: object | null };
    const [{ answers }] = nodes;
    answers.set('eth_getTransactionCount', said.nonce);
    answers.set('eth_getBlockByNumber', { ...said.block, transactions: [] });
    answers.set('eth_getTransactionReceipt', said.receipt);
    expect(await clients[0].findFate(query)).toMatchObject(fate);
  });
});
