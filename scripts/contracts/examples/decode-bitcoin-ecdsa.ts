import type { BitcoinContext } from '#lib/chains/bitcoin/context.ts';
import type { DecodeExample } from '../decoders.ts';
import type { Examples } from './example.ts';

/** Payments of keys that sign ECDSA (P2WPKH), beside the two among the others. */
export const bitcoinEcdsaDecodings = {
  'ecdsa-payment-without-change': {
    input: {
      unsigned:
        '70736274ff010052020000000167440fcd3fc17b5e65e92ceeaeb781abb3121fac4b8f2d377fc07ffde6c9ee1f0000000000fdffffff0140420f0000000000160014751e76e8199196d454941c45d1b3a323f1433bd600000000000100520200000001010101010101010101010101010101010101010101010101010101010101010100000000000000000001fc440f000000000016001460ae3efd8cf5bdb7161d66dd9ad8d77f1f7ce1f2000000000000',
      context: {
        chain: 'bip122:000000000019d6689c085ae165831e93',
        kind: 'p2wpkh',
        receive: {
          publicKey: '0324dad5aeb02b1397662d77710c315e46d28ebfdb26841db9eec33e8753c205e0',
          path: [5, 0, 20418, 0],
        },
        change: {
          publicKey: '032a114cd7f3be20d08d52ad7a0ac918cb0aaafd14d2ad4bad879bd123dac235fd',
          path: [5, 0, 20418, 1],
        },
      },
    },
    expected: {
      chain: 'bip122:000000000019d6689c085ae165831e93',
      asset: 'BTC',
      from: 'bc1qvzhralvv7k7mw9savmwe4kxh0u0hec0jfmjy7h',
      to: 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4',
      amount: '1000000',
      feePayer: 'bc1qvzhralvv7k7mw9savmwe4kxh0u0hec0jfmjy7h',
      fee: '700',
      memo: null,
      conflictKey:
        'bip122:000000000019d6689c085ae165831e93:outpoint:1feec9e6fd7fc07f372d8f4bac1f12b3ab81b7aeee2ce9655e7bc13fcd0f4467:0',
      details: {
        family: 'bitcoin',
        version: 2,
        lockTime: 0,
        replaceable: true,
        virtualBytes: 110,
        inputs: [
          {
            outpoint: '1feec9e6fd7fc07f372d8f4bac1f12b3ab81b7aeee2ce9655e7bc13fcd0f4467:0',
            address: 'bc1qvzhralvv7k7mw9savmwe4kxh0u0hec0jfmjy7h',
            amount: '1000700',
            sequence: 4294967293,
          },
        ],
        outputs: [
          {
            address: 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4',
            amount: '1000000',
            role: 'recipient',
          },
        ],
      },
      parts: [
        {
          bytes: 'f593045ce9dabc5e951a23995f8f942297a84702f801d861791c66af3085f0b8',
          path: [5, 0, 20418, 0],
          tweak: 'none',
        },
      ],
    },
  },
  'ecdsa-replacement-with-a-higher-fee': {
    input: {
      unsigned:
        '70736274ff01009a0200000002eb4ab99eee603ee22b1bf5a552fba3b05f972ad895d6c45296bcdf49ca3f16540000000000fdffffff8b7c8a223b488f354859c798a310b714d1dbce770fa7fd895b0eb67c5f5fcb680100000000fdffffff02c0c62d0000000000160014751e76e8199196d454941c45d1b3a323f1433bd6148a0400000000001600142f85d211557389092b7451ae6546e926e3e71d7c00000000000100520200000001010101010101010101010101010101010101010101010101010101010101010100000000000000000001a02526000000000016001460ae3efd8cf5bdb7161d66dd9ad8d77f1f7ce1f2000000000001007d0200000001010101010101010101010101010101010101010101010101010101010101010101000000000000000002e803000000000000220020070707070707070707070707070707070707070707070707070707070707070700350c00000000001600142f85d211557389092b7451ae6546e926e3e71d7c00000000000000',
      context: {
        chain: 'bip122:000000000019d6689c085ae165831e93',
        kind: 'p2wpkh',
        receive: {
          publicKey: '0324dad5aeb02b1397662d77710c315e46d28ebfdb26841db9eec33e8753c205e0',
          path: [5, 0, 20418, 0],
        },
        change: {
          publicKey: '032a114cd7f3be20d08d52ad7a0ac918cb0aaafd14d2ad4bad879bd123dac235fd',
          path: [5, 0, 20418, 1],
        },
      },
    },
    expected: {
      chain: 'bip122:000000000019d6689c085ae165831e93',
      asset: 'BTC',
      from: 'bc1qvzhralvv7k7mw9savmwe4kxh0u0hec0jfmjy7h',
      to: 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4',
      amount: '3000000',
      feePayer: 'bc1qvzhralvv7k7mw9savmwe4kxh0u0hec0jfmjy7h',
      fee: '2508',
      memo: null,
      conflictKey:
        'bip122:000000000019d6689c085ae165831e93:outpoint:54163fca49dfbc9652c4d695d82a975fb0a3fb52a5f51b2be23e60ee9eb94aeb:0',
      uses: [
        'bip122:000000000019d6689c085ae165831e93:outpoint:68cb5f5f7cb60e5b89fda70f77cedbd114b710a398c75948358f483b228a7c8b:1',
      ],
      details: {
        family: 'bitcoin',
        version: 2,
        lockTime: 0,
        replaceable: true,
        virtualBytes: 209,
        inputs: [
          {
            outpoint: '54163fca49dfbc9652c4d695d82a975fb0a3fb52a5f51b2be23e60ee9eb94aeb:0',
            address: 'bc1qvzhralvv7k7mw9savmwe4kxh0u0hec0jfmjy7h',
            amount: '2500000',
            sequence: 4294967293,
          },
          {
            outpoint: '68cb5f5f7cb60e5b89fda70f77cedbd114b710a398c75948358f483b228a7c8b:1',
            address: 'bc1q97zayy24wwysj2m52xhx23hfym37w8tu4lke06',
            amount: '800000',
            sequence: 4294967293,
          },
        ],
        outputs: [
          {
            address: 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4',
            amount: '3000000',
            role: 'recipient',
          },
          {
            address: 'bc1q97zayy24wwysj2m52xhx23hfym37w8tu4lke06',
            amount: '297492',
            role: 'change',
          },
        ],
      },
      parts: [
        {
          bytes: 'f528ff1b26e60d69b7d9e65914dee83c15dd530a8fb90a7c5863348264eb7505',
          path: [5, 0, 20418, 0],
          tweak: 'none',
        },
        {
          bytes: 'acf840c5d2c85ea421617ce36943210e814396e9bd9faf936b2d923f8df671b3',
          path: [5, 0, 20418, 1],
          tweak: 'none',
        },
      ],
    },
  },
  'ecdsa-amounts-without-previous-transactions': {
    input: {
      unsigned:
        '70736274ff01009a0200000002eb4ab99eee603ee22b1bf5a552fba3b05f972ad895d6c45296bcdf49ca3f16540000000000fdffffff8b7c8a223b488f354859c798a310b714d1dbce770fa7fd895b0eb67c5f5fcb680100000000fdffffff02c0c62d0000000000160014751e76e8199196d454941c45d1b3a323f1433bd6cb8f0400000000001600142f85d211557389092b7451ae6546e926e3e71d7c000000000001011fa02526000000000016001460ae3efd8cf5bdb7161d66dd9ad8d77f1f7ce1f20001011f00350c00000000001600142f85d211557389092b7451ae6546e926e3e71d7c000000',
      context: {
        chain: 'bip122:000000000019d6689c085ae165831e93',
        kind: 'p2wpkh',
        receive: {
          publicKey: '0324dad5aeb02b1397662d77710c315e46d28ebfdb26841db9eec33e8753c205e0',
          path: [5, 0, 20418, 0],
        },
        change: {
          publicKey: '032a114cd7f3be20d08d52ad7a0ac918cb0aaafd14d2ad4bad879bd123dac235fd',
          path: [5, 0, 20418, 1],
        },
      },
    },
    expected: {
      refusal: 'transaction-undecodable',
      detail: 'field-unknown',
    },
  },
  'ecdsa-other-sighash-type': {
    input: {
      unsigned:
        '70736274ff01009a0200000002eb4ab99eee603ee22b1bf5a552fba3b05f972ad895d6c45296bcdf49ca3f16540000000000fdffffff8b7c8a223b488f354859c798a310b714d1dbce770fa7fd895b0eb67c5f5fcb680100000000fdffffff02c0c62d0000000000160014751e76e8199196d454941c45d1b3a323f1433bd6cb8f0400000000001600142f85d211557389092b7451ae6546e926e3e71d7c00000000000100520200000001010101010101010101010101010101010101010101010101010101010101010100000000000000000001a02526000000000016001460ae3efd8cf5bdb7161d66dd9ad8d77f1f7ce1f200000000010304820000000001007d0200000001010101010101010101010101010101010101010101010101010101010101010101000000000000000002e803000000000000220020070707070707070707070707070707070707070707070707070707070707070700350c00000000001600142f85d211557389092b7451ae6546e926e3e71d7c0000000001030482000000000000',
      context: {
        chain: 'bip122:000000000019d6689c085ae165831e93',
        kind: 'p2wpkh',
        receive: {
          publicKey: '0324dad5aeb02b1397662d77710c315e46d28ebfdb26841db9eec33e8753c205e0',
          path: [5, 0, 20418, 0],
        },
        change: {
          publicKey: '032a114cd7f3be20d08d52ad7a0ac918cb0aaafd14d2ad4bad879bd123dac235fd',
          path: [5, 0, 20418, 1],
        },
      },
    },
    expected: {
      refusal: 'transaction-undecodable',
      detail: 'field-unknown',
    },
  },
  'ecdsa-coin-of-a-stranger': {
    input: {
      unsigned:
        '70736274ff01009a0200000002eb4ab99eee603ee22b1bf5a552fba3b05f972ad895d6c45296bcdf49ca3f16540000000000fdffffff8b7c8a223b488f354859c798a310b714d1dbce770fa7fd895b0eb67c5f5fcb680100000000fdffffff02c0c62d0000000000160014751e76e8199196d454941c45d1b3a323f1433bd6cb8f0400000000001600142f85d211557389092b7451ae6546e926e3e71d7c00000000000100520200000001010101010101010101010101010101010101010101010101010101010101010100000000000000000001a02526000000000016001460ae3efd8cf5bdb7161d66dd9ad8d77f1f7ce1f2000000000001007d0200000001010101010101010101010101010101010101010101010101010101010101010101000000000000000002e803000000000000220020070707070707070707070707070707070707070707070707070707070707070700350c00000000001600142f85d211557389092b7451ae6546e926e3e71d7c00000000000000',
      context: {
        chain: 'bip122:000000000019d6689c085ae165831e93',
        kind: 'p2wpkh',
        receive: {
          publicKey: '0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798',
          path: [5, 0, 20418, 0],
        },
        change: {
          publicKey: '032a114cd7f3be20d08d52ad7a0ac918cb0aaafd14d2ad4bad879bd123dac235fd',
          path: [5, 0, 20418, 1],
        },
      },
    },
    expected: {
      refusal: 'transaction-not-a-transfer',
      detail: 'input-not-of-account',
    },
  },
} as const satisfies Examples<DecodeExample<BitcoinContext>>;
