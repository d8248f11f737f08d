import { base58 } from '@scure/base';
import { describe, expect, it } from 'vitest';
import { buildTransfer, type TransferInput } from './build.ts';
import { SolanaBuildError } from './build-error.ts';
import { decodeTransfer } from './decode.ts';
import {
  joinBytes,
  MEMO_PROGRAM,
  RECENT_BLOCKHASHES_SYSVAR,
  SYSTEM_PROGRAM,
  writeMessage,
  type MessagePart,
  type MessagePlan,
} from './message-writer.ts';

const key = (byte: number): string => base58.encode(new Uint8Array(32).fill(byte));
const [feePayer, vault, nonceAccount, recipient, attacker, value] = [1, 2, 3, 4, 5, 6].map(key) as [
  string,
  string,
  string,
  string,
  string,
  string,
];
const input: TransferInput = {
  feePayer,
  from: vault,
  to: recipient,
  lamports: 1_500_000_000n,
  memo: null,
  nonce: { account: nonceAccount, value },
};
const good = buildTransfer(input);

const u64 = (amount: bigint): number[] =>
  Array.from({ length: 8 }, (_, index) => Number((amount >> BigInt(8 * index)) & 255n));
const advance: MessagePart = {
  program: SYSTEM_PROGRAM,
  accounts: [nonceAccount, RECENT_BLOCKHASHES_SYSVAR, vault],
  data: Uint8Array.of(4, 0, 0, 0),
};
const pay = (from: string, to: string, amount = 5n): MessagePart => ({
  program: SYSTEM_PROGRAM,
  accounts: [from, to],
  data: Uint8Array.of(2, 0, 0, 0, ...u64(amount)),
});
const plan: MessagePlan = {
  writableSigners: [feePayer, vault],
  writable: [nonceAccount, recipient],
  readonly: [RECENT_BLOCKHASHES_SYSVAR, SYSTEM_PROGRAM],
  anchor: value,
  instructions: [advance, pay(vault, recipient)],
};
const memo = (text: string, accounts: string[] = []): MessagePart => ({
  program: MEMO_PROGRAM,
  accounts,
  data: new TextEncoder().encode(text),
});
const withMemo: MessagePlan = { ...plan, readonly: [...plan.readonly, MEMO_PROGRAM] };

const written = (changes: Partial<MessagePlan>, base = plan): Uint8Array =>
  writeMessage({ ...base, ...changes });
const patched = (at: number, ...bytes: number[]): Uint8Array => {
  const copy = Uint8Array.from(good);
  copy.set(bytes, at);
  return copy;
};
/** Offsets in `good`: header 0-2, account count 3, accounts 4-195, anchor 196-227, instructions from 228. */
const accountAt = (index: number): number => 4 + 32 * index;

const hostile: [name: string, detail: string, message: Uint8Array][] = [
  ['nothing', 'ends-too-early', new Uint8Array()],
  ['a versioned message', 'versioned-message', Uint8Array.of(0x80, ...good)],
  [
    'a message that is too large for a packet',
    'too-large',
    joinBytes([good, new Uint8Array(1200)]),
  ],
  ['a byte behind the message', 'trailing-bytes', joinBytes([good, Uint8Array.of(0)])],
  [
    'an account count in a longer spelling',
    'count-not-canonical',
    joinBytes([good.slice(0, 3), Uint8Array.of(0x86, 0x00), good.slice(4)]),
  ],
  [
    'an account count above what two bytes can say',
    'count-too-large',
    joinBytes([good.slice(0, 3), Uint8Array.of(0xff, 0xff, 0x7f), good.slice(4)]),
  ],
  [
    'an account count that never ends',
    'count-too-large',
    joinBytes([good.slice(0, 3), Uint8Array.of(0x80, 0x80, 0x80), good.slice(4)]),
  ],
  ['a third signer', 'account-rights', patched(0, 3)],
  ['one signer', 'account-rights', patched(0, 1)],
  ['a vault that only reads', 'account-rights', patched(1, 1)],
  ['a writable system program', 'account-rights', patched(2, 1)],
  ['a recipient that is only read', 'account-rights', patched(2, 3)],
  ['the vault as recipient', 'same-account-twice', patched(accountAt(3), ...base58.decode(vault))],
  ['the vault as fee payer', 'same-account-twice', patched(accountAt(0), ...base58.decode(vault))],
  [
    'the vault as its own nonce account',
    'same-account-twice',
    patched(accountAt(2), ...base58.decode(vault)),
  ],
  [
    'another account than the blockhash sysvar',
    'account-order',
    patched(accountAt(4), ...base58.decode(attacker)),
  ],
  [
    'another program than the system program',
    'account-order',
    patched(accountAt(5), ...base58.decode(attacker)),
  ],
  [
    'nonce account and recipient in the other order',
    'advance-nonce-accounts',
    written({ writable: [recipient, nonceAccount] }),
  ],
  [
    'an account more than needed',
    'account-count',
    written({ writable: [nonceAccount, recipient, attacker, key(9)] }),
  ],
  [
    'an unknown seventh account',
    'account-rights',
    written({ writable: [nonceAccount, recipient, attacker] }),
  ],
  [
    'a seventh account that is not the memo program',
    'account-order',
    written({ readonly: [...plan.readonly, attacker] }),
  ],
  ['no instruction', 'instruction-count', written({ instructions: [] })],
  [
    'a transfer without a nonce',
    'instruction-count',
    written({ instructions: [pay(vault, recipient)] }),
  ],
  [
    'a second transfer',
    'instruction-count',
    written({ instructions: [advance, pay(vault, recipient), pay(vault, recipient)] }),
  ],
  [
    'the nonce after the transfer',
    'first-is-not-advance-nonce',
    written({ instructions: [pay(vault, recipient), advance] }),
  ],
  [
    'a nonce withdrawal first',
    'first-is-not-advance-nonce',
    written({
      instructions: [{ ...advance, data: Uint8Array.of(5, 0, 0, 0) }, pay(vault, recipient)],
    }),
  ],
  [
    'a nonce advance with data behind it',
    'first-is-not-advance-nonce',
    written({
      instructions: [{ ...advance, data: Uint8Array.of(4, 0, 0, 0, 0) }, pay(vault, recipient)],
    }),
  ],
  [
    'the fee payer as nonce authority',
    'advance-nonce-accounts',
    written({
      instructions: [
        { ...advance, accounts: [nonceAccount, RECENT_BLOCKHASHES_SYSVAR, feePayer] },
        pay(vault, recipient),
      ],
    }),
  ],
  [
    'an account more in the nonce advance',
    'advance-nonce-accounts',
    written({
      instructions: [
        { ...advance, accounts: [...advance.accounts, recipient] },
        pay(vault, recipient),
      ],
    }),
  ],
  [
    'a transfer from the fee payer',
    'transfer-accounts',
    written({ instructions: [advance, pay(feePayer, recipient)] }),
  ],
  [
    'a transfer to the nonce account',
    'transfer-accounts',
    written({ instructions: [advance, pay(vault, nonceAccount)] }),
  ],
  [
    'a transfer with a third account',
    'transfer-accounts',
    written({
      instructions: [advance, { ...pay(vault, recipient), accounts: [vault, recipient, feePayer] }],
    }),
  ],
  [
    'a transfer of nothing',
    'amount-zero',
    written({ instructions: [advance, pay(vault, recipient, 0n)] }),
  ],
  [
    'a transfer with a byte behind the amount',
    'second-is-not-transfer',
    written({
      instructions: [
        advance,
        { ...pay(vault, recipient), data: Uint8Array.of(2, 0, 0, 0, ...u64(5n), 0) },
      ],
    }),
  ],
  [
    'an assignment of the vault instead of a transfer',
    'second-is-not-transfer',
    written({
      instructions: [
        advance,
        { ...pay(vault, recipient), data: Uint8Array.of(1, 0, 0, 0, ...u64(5n)) },
      ],
    }),
  ],
  [
    'an instruction number above one byte',
    'second-is-not-transfer',
    written({
      instructions: [
        advance,
        { ...pay(vault, recipient), data: Uint8Array.of(2, 1, 0, 0, ...u64(5n)) },
      ],
    }),
  ],
  ['the memo program without a memo', 'instruction-count', written({}, withMemo)],
  [
    'an empty memo',
    'memo-length',
    written({ instructions: [...plan.instructions, memo('')] }, withMemo),
  ],
  [
    'a memo of 121 characters',
    'memo-length',
    written({ instructions: [...plan.instructions, memo('x'.repeat(121))] }, withMemo),
  ],
  [
    'a memo with a line break',
    'memo-not-plain',
    written({ instructions: [...plan.instructions, memo('a\nb')] }, withMemo),
  ],
  [
    'a memo with a letter beyond ASCII',
    'memo-not-plain',
    written({ instructions: [...plan.instructions, memo('Grüße')] }, withMemo),
  ],
  [
    'a memo signed by the vault',
    'third-is-not-memo',
    written({ instructions: [...plan.instructions, memo('hi', [vault])] }, withMemo),
  ],
  [
    'a third transfer where the memo should be',
    'third-is-not-memo',
    written({ instructions: [...plan.instructions, pay(vault, recipient)] }, withMemo),
  ],
  [
    'the memo before the transfer',
    'second-is-not-transfer',
    written({ instructions: [advance, memo('hi'), pay(vault, recipient)] }, withMemo),
  ],
];

describe('a party refuses', () => {
  it.each(hostile)('%s (%s)', (_name, detail, message) => {
    expect(decodeTransfer(message, 'solana:sandbox')).toMatchObject({ ok: false, detail });
  });

  it('a transfer for a chain that is not Solana', () => {
    for (const chain of [
      'bip122:000000000019d6689c085ae165831e93',
      'solana',
      'solana:',
      'xsolana:sandbox',
    ])
      expect(decodeTransfer(good, chain)).toMatchObject({
        ok: false,
        refusal: 'transaction-undecodable',
      });
  });
});

describe('a party reads', () => {
  it('a plain transfer', () => {
    expect(decodeTransfer(good, 'solana:sandbox')).toMatchObject({
      ok: true,
      transaction: { to: recipient, amount: 1_500_000_000n, fee: 10_000n, memo: null },
    });
  });

  it('a transfer with a memo of the longest kind', () => {
    const text = '~'.repeat(120);
    expect(decodeTransfer(buildTransfer({ ...input, memo: text }), 'solana:mainnet')).toMatchObject(
      { ok: true, transaction: { memo: text, chain: 'solana:mainnet' } },
    );
  });
});

describe('building refuses', () => {
  it.each([
    ['amount-out-of-range', { lamports: 0n }],
    ['amount-out-of-range', { lamports: -1n }],
    ['amount-out-of-range', { lamports: 2n ** 64n }],
    ['memo-not-plain', { memo: '' }],
    ['memo-not-plain', { memo: 'tab\t' }],
    ['same-account-twice', { to: vault }],
    ['same-account-twice', { feePayer: vault }],
    ['same-account-twice', { to: SYSTEM_PROGRAM }],
    ['not-an-address', { to: '0OIl' }],
    ['not-a-nonce-value', { nonce: { account: nonceAccount, value: 'short' } }],
  ] as const)('%s', (fault, changes) => {
    expect(() => buildTransfer({ ...input, ...changes })).toThrow(SolanaBuildError);
    expect(() => buildTransfer({ ...input, ...changes })).toThrow(
      expect.objectContaining({ fault }),
    );
  });
});
