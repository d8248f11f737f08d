import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLocalChain, pay, type LocalChain } from './testing/local-chain.ts';
import { signPayment, testKey, type TestCoin } from './testing/signed.ts';
import { readTxHex } from './wire.ts';

const BTC = 100_000_000n;
const key = testKey(new Uint8Array(32).fill(5));
const other = testKey(new Uint8Array(32).fill(6));

let local: LocalChain;
beforeEach(() => {
  local = openLocalChain();
});
afterEach(() => local.remove());

/** A payment of nearly all of one coin to somebody else. */
const spend = (
  coin: TestCoin,
  options: { fee?: bigint; sequence?: number; lockTime?: number; to?: string } = {},
): string =>
  signPayment(key, {
    coins: [coin],
    to: [
      { address: options.to ?? other.segwit.address, value: coin.value - (options.fee ?? 1_000n) },
    ],
    ...(options.sequence === undefined ? {} : { sequence: options.sequence }),
    ...(options.lockTime === undefined ? {} : { lockTime: options.lockTime }),
  });

describe.each(['segwit', 'taproot'] as const)('a %s input signed by other software', (kind) => {
  it('is accepted, and refused with any flipped bit of its witness', () => {
    const hex = spend(local.fund(key, kind, BTC));
    const witness = readTxHex(hex).inputs[0]?.witness ?? [];
    for (const item of witness)
      for (let at = 0; at < item.length; at += 14) {
        const bytes = Buffer.from(item, 'hex');
        bytes.writeUInt8(bytes.readUInt8(at / 2) ^ 1, at / 2);
        const answer = local.send(hex.replace(item, bytes.toString('hex')));
        expect(answer).toMatch(/^mandatory-script-verify-flag-failed/);
      }
    expect(local.send(hex)).toBe('taken');
    expect(local.send(hex)).toBe('txn-already-in-mempool');
  });

  it('is refused when the output it pays is another one than was signed', () => {
    const hex = spend(local.fund(key, kind, BTC));
    const changed = hex.replace(
      Buffer.from(other.segwit.script).toString('hex'),
      Buffer.from(key.segwit.script).toString('hex'),
    );
    expect(local.send(changed)).toMatch(/^mandatory-script-verify-flag-failed/);
  });

  it('is refused with the signature of another key', () => {
    const coin = local.fund(key, kind, BTC);
    const to = [{ address: other.segwit.address, value: BTC - 1_000n }];
    const stolen = signPayment(other, { coins: [coin], to });
    expect(local.send(stolen)).toMatch(/^mandatory-script-verify-flag-failed/);
  });
});

it('inputs of both kinds in one transaction are all judged', () => {
  const coins = [local.fund(key, 'segwit', BTC), local.fund(key, 'taproot', BTC)];
  const hex = signPayment(key, { coins, to: [{ address: other.taproot.address, value: BTC }] });
  const second = readTxHex(hex).inputs[1]?.witness[0] ?? '';
  expect(local.send(hex.replace(second, '00'.repeat(64)))).toMatch(/^mandatory-script/);
  // Core takes no fee for a mistake only when it is sent; the mempool itself has no upper bound.
  expect(local.send(hex)).toBe('taken');
});

describe('a transaction is refused by the name Bitcoin Core gives', () => {
  it.each<[string, (coin: TestCoin) => string]>([
    ['bad-txns-inputs-missingorspent', (coin) => spend({ ...coin, txid: 'ab'.repeat(32) })],
    ['bad-txns-inputs-missingorspent', (coin) => spend({ ...coin, vout: 7 })],
    ['bad-txns-in-belowout', (coin) => spend({ ...coin, value: 2n * BTC })],
    ['min relay fee not met, 50 < 110', (coin) => spend(coin, { fee: 50n })],
    ['dust', (coin) => spend(coin, { fee: BTC - 293n })],
    ['dust', (coin) => spend(coin, { fee: BTC - 329n, to: other.taproot.address })],
    ['non-final', (coin) => spend(coin, { lockTime: 1_000 })],
    ['non-BIP68-final', (coin) => spend(coin, { sequence: 40 })],
  ])('%s', (reason, hex) => {
    expect(local.send(hex(local.fund(key, 'segwit', BTC)))).toBe(reason);
  });

  it('bad-txns-inputs-missingorspent, when a block has spent the output', () => {
    const coin = local.fund(key, 'segwit', BTC);
    const hex = spend(coin);
    local.send(hex);
    local.chain.mine(1);
    expect(local.send(hex)).toBe('txn-already-known');
    expect(local.send(spend(coin, { fee: 9_000n }))).toBe('bad-txns-inputs-missingorspent');
  });

  it('takes an output of exactly the least worth spending, a reached lock time and sequence', () => {
    expect(local.send(spend(local.fund(key, 'segwit', BTC), { fee: BTC - 294n }))).toBe('taken');
    const { height } = local.chain.branch;
    expect(local.send(spend(local.fund(key, 'segwit', BTC), { lockTime: height }))).toBe('taken');
    expect(local.send(spend(local.fund(key, 'segwit', BTC), { sequence: 1 }))).toBe('taken');
  });
});

describe('a second transaction that spends the same', () => {
  it('is refused when the first does not signal that it may be replaced', () => {
    const coin = local.fund(key, 'segwit', BTC);
    expect(local.send(spend(coin, { sequence: 0xffffffff }))).toBe('taken');
    expect(local.send(spend(coin, { fee: 50_000n }))).toBe('txn-mempool-conflict');
  });

  it('takes its place for a fee that pays for both, and the first is gone', () => {
    const coin = local.fund(key, 'taproot', BTC);
    const first = spend(coin, { fee: 1_000n });
    expect(local.send(first)).toBe('taken');
    expect(local.send(spend(coin, { fee: 1_000n, to: key.segwit.address }))).toMatch(
      /^insufficient fee/,
    );
    // It pays more, but not one satoshi more for each of its own bytes.
    expect(local.send(spend(coin, { fee: 1_050n }))).toMatch(/^insufficient fee/);
    const second = spend(coin, { fee: 2_000n });
    expect(local.send(second)).toBe('taken');
    expect(local.chain.mempool.all().map(({ tx }) => tx.hex)).toEqual([second]);
    local.chain.mine(1);
    expect(local.send(first)).toBe('bad-txns-inputs-missingorspent');
  });

  it('takes what rests on the first with it, and has to pay for that too', () => {
    const coin = local.fund(key, 'segwit', BTC);
    const parent = spend(coin, { to: key.segwit.address });
    const { txid } = readTxHex(parent);
    const child = spend({ txid, vout: 0, value: BTC - 1_000n, kind: 'segwit' }, { fee: 5_000n });
    expect([local.send(parent), local.send(child)]).toEqual(['taken', 'taken']);
    expect(local.send(spend(coin, { fee: 3_000n }))).toMatch(/^insufficient fee/);
    expect(local.send(spend(coin, { fee: 7_000n }))).toBe('taken');
    expect(local.chain.mempool.size).toBe(1);
  });
});

describe('the mempool', () => {
  it('takes twenty-five transactions that hang together, and no more', () => {
    let coin = local.fund(key, 'segwit', BTC);
    const answers: string[] = [];
    for (let count = 0; count < 26; count += 1) {
      const hex = spend(coin, { to: key.segwit.address });
      answers.push(local.send(hex));
      const { txid } = readTxHex(hex);
      coin = { txid, vout: 0, value: coin.value - 1_000n, kind: 'segwit' };
    }
    expect(answers.slice(0, 25).every((answer) => answer === 'taken')).toBe(true);
    expect(answers[25]).toBe('too-long-mempool-chain');
  });

  it('refuses a replacement that rests on something else that waits', () => {
    const coin = local.fund(key, 'segwit', BTC);
    const parent = spend(local.fund(key, 'segwit', BTC), { to: key.segwit.address });
    expect([local.send(parent), local.send(spend(coin))]).toEqual(['taken', 'taken']);
    const { txid } = readTxHex(parent);
    const waiting: TestCoin = { txid, vout: 0, value: BTC - 1_000n, kind: 'segwit' };
    const to = [{ address: other.segwit.address, value: BTC }];
    const hex = signPayment(key, { coins: [coin, waiting], to });
    expect(local.send(hex)).toBe('replacement-adds-unconfirmed');
  });

  it('that is full refuses what comes then, and goes on', () => {
    const hex = spend(local.fund(key, 'segwit', BTC));
    const { chain } = local;
    for (let count = 0; count < 5_000; count += 1) {
      const tx = { ...readTxHex(hex), txid: count.toString(16).padStart(64, '0'), inputs: [] };
      chain.mempool.add({ tx, fee: 1n, time: 0, height: 0 });
    }
    expect(local.send(hex)).toBe('mempool full');
  });
});

it('what a block paid to its miner waits for one more block', () => {
  const script = Buffer.from(key.segwit.script).toString('hex');
  const [block] = local.chain.mine(1, script);
  const { txid = '', outputs = [] } = block?.transactions[0] ?? {};
  const hex = spend({ txid, vout: 0, value: outputs[0]?.value ?? 0n, kind: 'segwit' });
  expect(local.send(hex)).toBe('bad-txns-premature-spend-of-coinbase');
  local.chain.mine(1);
  expect(local.send(hex)).toBe('taken');
});

it('a transaction and what rests on it go into one block together', () => {
  const coin = local.fund(key, 'segwit', BTC);
  const parent = spend(coin, { to: key.segwit.address });
  const { txid } = readTxHex(parent);
  const child = spend({ txid, vout: 0, value: BTC - 1_000n, kind: 'segwit' });
  expect([local.send(parent), local.send(child)]).toEqual(['taken', 'taken']);
  const [block] = local.chain.mine(1);
  expect(block?.transactions.slice(1).map(({ hex }) => hex)).toEqual([parent, child]);
  local.chain.reorganize(1, false);
  expect(local.chain.mempool.size).toBe(2);
});

describe('a reorganization', () => {
  it('puts transactions back into the mempool, and other blocks at their heights', () => {
    const coin = local.fund(key, 'segwit', BTC);
    const hex = spend(coin);
    local.send(hex);
    const [block] = local.chain.mine(1);
    const before = local.chain.branch.height;
    local.chain.reorganize(1, false);
    expect(local.chain.branch.height).toBe(before + 1);
    expect(local.chain.branch.at(before).hash).not.toBe(block?.hash);
    expect(local.chain.branch.at(before).previous).toBe(local.chain.branch.at(before - 1).hash);
    expect(local.chain.mempool.all().map(({ tx }) => tx.hex)).toEqual([hex]);
    local.chain.mine(1);
    expect(local.chain.branch.find(readTxHex(hex).txid)?.height).toBe(before + 2);
  });

  it('that contradicts a payment drops it and everything that rests on it for good', () => {
    const coin = local.fund(key, 'segwit', BTC);
    const hex = spend(coin);
    local.send(hex);
    local.chain.mine(1);
    local.chain.reorganize(2, true);
    expect(local.chain.mempool.size).toBe(0);
    expect(local.chain.branch.find(coin.txid)).toBeNull();
    expect(local.chain.branch.coin(coin.txid, coin.vout)).toBeNull();
    expect(local.send(hex)).toBe('bad-txns-inputs-missingorspent');
  });

  it('with a payment that was replaced in its first block puts the replacement away', () => {
    const coin = local.fund(key, 'segwit', BTC);
    const [first, second] = [spend(coin), spend(coin, { fee: 3_000n })];
    expect([local.send(first), local.send(second)]).toEqual(['taken', 'taken']);
    local.chain.mine(1);
    local.chain.reorganize(1, false, [readTxHex(first)]);
    expect(local.chain.branch.find(readTxHex(first).txid)?.height).toBe(
      local.chain.branch.height - 1,
    );
    expect(local.chain.branch.find(readTxHex(second).txid)).toBeNull();
    expect(local.chain.branch.spender(coin)).toBe(readTxHex(first).txid);
    expect(local.chain.mempool.size).toBe(0);
    const { tip } = local.chain.branch;
    // What it spends is spent below the blocks that are replaced.
    expect(() => local.chain.reorganize(1, false, [readTxHex(second)])).toThrow(RangeError);
    expect(local.chain.branch.tip).toBe(tip);
  });

  it('never reaches the blocks that the chain began with', () => {
    const blocks = local.chain.branch.height - 10;
    expect(() => local.chain.reorganize(blocks + 1, false)).toThrow(RangeError);
  });
});

describe('after a restart', () => {
  it('chain, mempool and coins are what they were, over replacements and reorganizations too', () => {
    const coin = local.fund(key, 'taproot', BTC);
    local.send(spend(coin));
    local.send(spend(coin, { fee: 3_000n }));
    local.chain.mine(2);
    local.chain.reorganize(2, false);
    pay(local.chain, key.segwit.address, 5n * BTC);
    const look = () => ({
      blocks: Array.from({ length: local.chain.branch.height + 1 }, (_, at) =>
        local.chain.branch.at(at),
      ),
      waiting: local.chain.mempool.all(),
      faucet: local.chain.faucet.address,
    });
    const before = look();
    local.reopen();
    expect(look()).toEqual(before);
    local.chain.mine(1);
    expect(local.chain.mempool.size).toBe(0);
  });
});

it('no coin is ever made or lost: what blocks paid out is what can be spent', () => {
  for (let round = 0; round < 3; round += 1) {
    local.send(spend(local.fund(key, 'segwit', BTC)));
    local.chain.mine(1);
    local.chain.reorganize(1, round === 1);
    local.chain.mine(1);
  }
  let paid = 0n;
  let unspent = 0n;
  const { branch } = local.chain;
  for (let height = 1; height <= branch.height; height += 1)
    for (const { txid, outputs, inputs } of branch.at(height).transactions) {
      for (const [vout, { value }] of outputs.entries()) {
        paid += value;
        unspent += branch.coin(txid, vout)?.value ?? 0n;
      }
      for (const input of inputs) paid -= branch.spentOutput(input)?.value ?? 0n;
    }
  expect(unspent).toBe(paid);
});
