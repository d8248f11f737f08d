import { describe, expect, test } from 'vitest';
import { accountAddress } from '#lib/chains/account-address.ts';
import { BITCOIN_REGTEST } from '#lib/chains/bitcoin/networks.ts';
import { controlToSign } from '#lib/chains/control-proof.ts';
import { softwareKey } from '#lib/chains/ethereum/software-key.ts';
import { accountPath } from '#lib/protocol/account-path.ts';
import type { KeySuite } from '#lib/protocol/suites.ts';
import { controlIntent } from '../testing/organisation.ts';
import { encodeBase64url } from '../wire/encoding.ts';
import { whatToSign } from './what-to-sign.ts';

const { publicKey } = softwareKey(new Uint8Array(32).fill(9));

const intentOn = (chain: string, suite: KeySuite) => {
  const address = accountAddress({ chain, suite, publicKey, owner: null });
  if (address === null) throw new Error('The suite has addresses on this chain.');
  return { ...controlIntent(address), chain };
};
const answerTo = (intent: unknown, chain: string, message: Uint8Array) =>
  whatToSign({
    intent,
    transaction: { chain, message: encodeBase64url(message) },
    account: { record: null, owner: null },
  });

describe.each<[string, KeySuite, string]>([
  [BITCOIN_REGTEST, 'FROST-secp256k1-SHA256-TR-v1', 'taproot'],
  [BITCOIN_REGTEST, 'DKLS23-secp256k1-SHA256-v1', 'none'],
  ['eip155:31337', 'DKLS23-secp256k1-SHA256-v1', 'none'],
])('a proof of control on %s with a key of %s', (chain, suite, tweak) => {
  const intent = intentOn(chain, suite);
  const message = controlToSign(intent)?.message ?? new Uint8Array();

  test('is one part, of 32 bytes, below the vault’s key where the custodian’s own account lies', () => {
    expect(answerTo(intent, chain, message)).toMatchObject({
      ok: true,
      value: {
        transaction: null,
        parts: [
          {
            bytes: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
            path: accountPath(null, 'receive'),
            tweak,
          },
        ],
        uses: [],
      },
    });
  });

  test('is refused by name for any bytes but the party’s own, on any chain but the intent’s', () => {
    const refusal = 'control-message-differs';
    const other = controlToSign(intentOn(chain, suite))?.message ?? new Uint8Array();
    for (const wrong of [
      new Uint8Array(32),
      message.slice(1),
      new Uint8Array([...message, 0]),
      other,
    ])
      expect(answerTo(intent, chain, wrong)).toMatchObject({ ok: false, refusal });
    expect(answerTo(intent, 'solana:sandbox', message)).toMatchObject({ ok: false, refusal });
  });

  test('is refused by name for an address that the chain has none like', () => {
    const refusal = 'control-chain-unknown';
    for (const changes of [
      { address: intent.address.toUpperCase() },
      { address: '11111111111111111111111111111111' },
      { chain: 'cosmos:hub' },
    ])
      expect(answerTo({ ...intent, ...changes }, chain, message)).toMatchObject({ refusal });
  });
});
