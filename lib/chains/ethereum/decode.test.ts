import { concat, encodeFunctionData, hexToBytes, numberToHex, parseAbi, toRlp } from 'viem/utils';
import type { Hex } from 'viem';
import { describe, expect, it } from 'vitest';
import { DecodeError } from '../decoded.ts';
import { buildTransfer, type TransferInput } from './build.ts';
import { EthereumBuildError } from './build-error.ts';
import { decode } from './decode.ts';
import { ethereumContext } from './context.ts';
import { callOfDetail, knownCalls } from './known-calls.ts';
import { softwareKey } from './software-key.ts';
import { contextOf } from './testing/arbitraries.ts';

const token = '0x5FbDB2315678afecb367f032d93F642f64180aa3';
const recipient = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';
const key = softwareKey(new Uint8Array(32).fill(7));
const context = contextOf(key, token);
const GWEI = 1_000_000_000n;

const ether: TransferInput = {
  chain: 'eip155:31337',
  nonce: 3n,
  to: recipient,
  amount: 1_000_000_000_000_000_000n,
  token: null,
  gasLimit: 21_000n,
  maxFeePerGas: 30n * GWEI,
  maxPriorityFeePerGas: GWEI,
};
const tokens: TransferInput = { ...ether, amount: 12_500_000n, token, gasLimit: 65_000n };

/** The nine fields, as a test wants them. */
type Fields = [Hex, Hex, Hex, Hex, Hex, Hex, Hex, Hex, Hex[]];
const plain: Fields = [
  '0x7a69',
  '0x03',
  '0x3b9aca00',
  '0x06fc23ac00',
  '0x5208',
  recipient,
  '0x0de0b6b3a7640000',
  '0x',
  [],
];
const typed = (fields: unknown, type: Hex = '0x02'): Uint8Array =>
  hexToBytes(concat([type, toRlp(fields as Hex[])]));
const patched = (changes: Partial<Record<number, unknown>>): Uint8Array =>
  typed(plain.map((field, place) => changes[place] ?? field));
const word = (hex: string): string => hex.padStart(64, '0');
const call = (data: Hex, changes: Partial<Record<number, unknown>> = {}): Uint8Array =>
  patched({ 4: '0xfde8', 5: token, 6: '0x', 7: data, ...changes });
const transferTo = (to: string, amount = 'bebc20', more = ''): Hex =>
  `0xa9059cbb${word(to.slice(2).toLowerCase())}${word(amount)}${more}`;

const abi = parseAbi([
  'function approve(address,uint256)',
  'function transferFrom(address,address,uint256)',
  'function upgradeToAndCall(address,bytes)',
  'function multicall(bytes[])',
  'function setApprovalForAll(address,bool)',
  'function permit(address,address,uint256,uint256,uint8,bytes32,bytes32)',
  'function transferOwnership(address)',
  'function execTransaction(address,uint256,bytes,uint8,uint256,uint256,uint256,address,address,bytes)',
  'function mint(address,uint256)',
]);
const zero = '0x0000000000000000000000000000000000000000';
const hash: Hex = `0x${word('01')}`;

const hostile: [name: string, detail: string, bytes: Uint8Array][] = [
  ['nothing', 'ends-too-early', new Uint8Array()],
  ['only the type', 'rlp-not-a-list', Uint8Array.of(2)],
  ['bytes beyond any transfer', 'too-large', new Uint8Array(1_025).fill(2)],
  ['a transaction of the first kind', 'legacy-transaction', hexToBytes(toRlp(plain as Hex[]))],
  ['one with an access list type', 'access-list-transaction', typed(plain, '0x01')],
  ['one with blobs', 'blob-transaction', typed(plain, '0x03')],
  ['one that hands the account to code (EIP-7702)', 'set-code-transaction', typed(plain, '0x04')],
  ['an unheard-of type', 'unknown-type', typed(plain, '0x05')],
  ['a personal message', 'unknown-type', typed(plain, '0x19')],
  ['a byte behind it', 'rlp-not-readable', hexToBytes(concat([hexOf(patched({})), '0x00']))],
  ['a text where the list is', 'rlp-not-a-list', typed('0x1234')],
  ['a list a thousand deep', 'rlp-not-readable', new Uint8Array(1_000).fill(0xc1).fill(2, 0, 1)],
  ['eight fields', 'field-count', typed(plain.slice(0, 8))],
  ['ten fields', 'field-count', typed([...plain, '0x'])],
  ['a signature on it', 'already-signed', typed([...plain, '0x01', '0x02', '0x03'])],
  ['a list as nonce', 'field-is-a-list', patched({ 1: [] })],
  ['an access list', 'access-list', patched({ 8: [[recipient, [hash]]] })],
  ['a text as access list', 'access-list', patched({ 8: '0x' })],
  ['a zero byte in front of the nonce', 'number-not-canonical', patched({ 1: '0x0003' })],
  ['zero as a byte', 'number-not-canonical', patched({ 1: '0x00' })],
  ['an amount of 33 bytes', 'number-too-large', patched({ 6: `0x01${word('0')}` })],
  ['a target of 19 bytes', 'target-length', patched({ 5: `0x${'11'.repeat(19)}` })],
  ['a target of 32 bytes', 'target-length', patched({ 5: hash })],
  ['no target: a new contract', 'contract-creation', patched({ 5: '0x', 7: '0x6000' })],
  ['another chain', 'other-chain', patched({ 0: '0x01' })],
  ['no chain', 'other-chain', patched({ 0: '0x' })],
  ['a nonce that no account reaches', 'nonce-out-of-range', patched({ 1: '0x20000000000000' })],
  ['too little gas', 'gas-too-low', patched({ 4: '0x5207' })],
  ['too much gas for ether', 'gas-too-high', patched({ 4: '0x0186a1' })],
  ['a fee of nothing', 'fee-out-of-range', patched({ 2: '0x', 3: '0x' })],
  ['a fee beyond reason', 'fee-out-of-range', patched({ 3: '0x010000000000000000' })],
  ['a priority fee above the fee', 'priority-above-fee', patched({ 2: '0x06fc23ac01' })],
  ['no ether', 'amount-zero', patched({ 6: '0x' })],
  ['ether to the zero address', 'recipient-zero', patched({ 5: zero })],
  ['ether to itself', 'recipient-is-sender', patched({ 5: key.address })],
  ["ether to a token's contract", 'recipient-is-token', patched({ 5: token })],
  ['three bytes of call data', 'call-too-short', call('0xa9059c')],
  ['an unknown call', 'call-unknown', call('0xdeadbeef')],
  ['call data to a person', 'call-to-non-token', call(transferTo(recipient), { 5: recipient })],
  ['ether along with tokens', 'ether-with-token-call', call(transferTo(recipient), { 6: '0x01' })],
  ['one argument', 'call-data-length', call(`0xa9059cbb${word('01')}`)],
  ['a byte behind the arguments', 'call-data-length', call(transferTo(recipient, '01', '00'))],
  ['a word behind the arguments', 'call-data-length', call(transferTo(recipient, '1', word('1')))],
  [
    'dirty bytes above the address',
    'call-dirty-address',
    call(`0xa9059cbb${'0'.repeat(22)}01${recipient.slice(2)}${word('01')}`),
  ],
  ['no tokens', 'amount-zero', call(transferTo(recipient, '0'))],
  ['tokens to the zero address', 'recipient-zero', call(transferTo(zero))],
  ['tokens to itself', 'recipient-is-sender', call(transferTo(key.address))],
  ['tokens to their contract', 'recipient-is-token', call(transferTo(token))],
  ['too much gas for tokens', 'gas-too-high', call(transferTo(recipient), { 4: '0x0249f1' })],
  [
    'an approval',
    'call-approval',
    call(encodeFunctionData({ abi, functionName: 'approve', args: [recipient, 1n] })),
  ],
  [
    'an approval of everything',
    'call-approval',
    call(encodeFunctionData({ abi, functionName: 'setApprovalForAll', args: [recipient, true] })),
  ],
  [
    'a permit',
    'call-approval',
    call(
      encodeFunctionData({
        abi,
        functionName: 'permit',
        args: [recipient, recipient, 1n, 1n, 27, hash, hash],
      }),
    ),
  ],
  [
    "a pull of somebody's tokens",
    'call-pull-transfer',
    call(encodeFunctionData({ abi, functionName: 'transferFrom', args: [recipient, token, 1n] })),
  ],
  [
    'a proxy upgrade, whoever it goes to',
    'call-proxy-upgrade',
    call(encodeFunctionData({ abi, functionName: 'upgradeToAndCall', args: [recipient, '0x'] }), {
      5: recipient,
    }),
  ],
  [
    'several calls in one',
    'call-multicall',
    call(encodeFunctionData({ abi, functionName: 'multicall', args: [['0x', '0x']] })),
  ],
  [
    'a new owner',
    'call-ownership',
    call(encodeFunctionData({ abi, functionName: 'transferOwnership', args: [recipient] })),
  ],
  [
    'a call on order of a wallet shared by several',
    'call-delegate-call',
    call(
      encodeFunctionData({
        abi,
        functionName: 'execTransaction',
        args: [recipient, 0n, '0x', 1, 0n, 0n, 0n, zero, zero, '0x'],
      }),
    ),
  ],
  [
    'minting',
    'call-supply',
    call(encodeFunctionData({ abi, functionName: 'mint', args: [recipient, 1n] })),
  ],
];

function hexOf(bytes: Uint8Array): Hex {
  return `0x${Buffer.from(bytes).toString('hex')}`;
}

describe('decoding', () => {
  it('takes the plain transfer that the hostile ones are made from, spelled out by hand', () => {
    expect(patched({})).toEqual(buildTransfer(ether));
    expect(decode(patched({}), context)).toMatchObject({ asset: 'ETH', to: recipient });
  });

  it.each(hostile)('refuses %s by name: %s', (_name, detail, bytes) => {
    expect(() => decode(bytes, context)).toThrow(DecodeError);
    expect(() => decode(bytes, context)).toThrow(`: ${detail}`);
  });

  it('shows a token transfer as one to the recipient, with the call beside it', () => {
    expect(call(transferTo(recipient))).toEqual(buildTransfer({ ...tokens, gasLimit: 65_000n }));
    expect(decode(buildTransfer(tokens), context)).toMatchObject({
      asset: 'EURC',
      to: recipient,
      amount: '12500000',
      fee: String(65_000n * 30n * GWEI),
      details: {
        target: token,
        value: '0',
        call: {
          signature: 'transfer(address,uint256)',
          arguments: [
            { name: 'to', type: 'address', value: recipient },
            { name: 'amount', type: 'uint256', value: '12500000' },
          ],
        },
      },
    });
  });

  it('refuses a token that the context does not name', () => {
    expect(() => decode(buildTransfer(tokens), { ...context, tokens: [] })).toThrow(
      'call-to-non-token',
    );
  });

  it('depends on the account: another key is another sender, nonce and source', () => {
    const other = softwareKey(new Uint8Array(32).fill(8));
    const got = decode(buildTransfer(ether), contextOf(other, token));
    expect(got.from).toBe(other.address);
    expect(got.conflictKey).toBe(`eip155:31337:nonce:${other.address}:3`);
  });

  it('says of a refused call what it was', () => {
    expect(callOfDetail('call-approval')).toContain('approval');
    expect(callOfDetail('call-unknown')).toBeNull();
    expect(callOfDetail('gas-too-low')).toBeNull();
  });

  it('knows calls by their selectors, and never the transfer of tokens among them', () => {
    expect(knownCalls.get('0x095ea7b3')).toMatchObject({ kind: 'approval' });
    expect(knownCalls.get('0x23b872dd')).toMatchObject({ kind: 'pull-transfer' });
    expect(knownCalls.get('0x4f1ef286')).toMatchObject({ kind: 'proxy-upgrade' });
    expect(knownCalls.get('0xac9650d8')).toMatchObject({ kind: 'multicall' });
    expect(knownCalls.has('0xa9059cbb')).toBe(false);
    expect(knownCalls.size).toBeGreaterThan(50);
  });
});

describe('the context', () => {
  it.each<[string, object]>([
    ['a chain of another family', { chain: 'solana:sandbox' }],
    ['a chain id with a zero in front', { chain: 'eip155:01' }],
    ['an uncompressed key', { account: { publicKey: `04${'11'.repeat(64)}`, path: [] } }],
    ['a hardened step', { account: { ...context.account, path: [0x80000000] } }],
    ['a token called ETH', { tokens: [{ asset: 'ETH', contract: token }] }],
    ['a contract without checksum', { tokens: [{ asset: 'EURC', contract: token.toLowerCase() }] }],
    [
      'a contract twice',
      {
        tokens: [
          { asset: 'EURC', contract: token },
          { asset: 'USDC', contract: token },
        ],
      },
    ],
  ])('with %s is refused', (_name, change) => {
    expect(ethereumContext.safeParse({ ...context, ...change }).success).toBe(false);
  });
});

describe('building', () => {
  it.each<[string, Partial<TransferInput>]>([
    ['not-an-ethereum-chain', { chain: 'solana:mainnet' }],
    ['not-an-address', { to: recipient.toLowerCase() }],
    ['not-an-address', { to: zero }],
    ['not-an-address', { token: '0x' }],
    ['recipient-is-token', { to: token, token }],
    ['amount-out-of-range', { amount: 0n }],
    ['amount-out-of-range', { amount: 2n ** 256n }],
    ['nonce-out-of-range', { nonce: -1n }],
    ['nonce-out-of-range', { nonce: 2n ** 53n }],
    ['gas-out-of-range', { gasLimit: 20_999n }],
    ['gas-out-of-range', { gasLimit: 100_001n }],
    ['gas-out-of-range', { gasLimit: 150_001n, token }],
    ['fee-out-of-range', { maxFeePerGas: 0n, maxPriorityFeePerGas: 0n }],
    ['fee-out-of-range', { maxPriorityFeePerGas: 31n * GWEI }],
  ])('refuses %s', (fault, change) => {
    const build = () => buildTransfer({ ...ether, ...change });
    expect(build).toThrow(EthereumBuildError);
    expect(build).toThrow(expect.objectContaining({ fault }) as Error);
  });

  it('writes small numbers in the shortest way', () => {
    const bytes = buildTransfer({ ...ether, nonce: 0n, amount: 1n });
    expect(hexOf(bytes)).toContain(numberToHex(31337).slice(2));
    expect(decode(bytes, context)).toMatchObject({ amount: '1', details: { nonce: '0' } });
  });
});
