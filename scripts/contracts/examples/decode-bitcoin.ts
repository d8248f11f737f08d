import type { BitcoinContext } from '#lib/chains/bitcoin/context.ts';
import type { DecodeExample } from '../decoders.ts';
import type { Examples } from './example.ts';

const taproot: BitcoinContext = {
  chain: 'bip122:000000000019d6689c085ae165831e93',
  kind: 'p2tr',
  receive: {
    publicKey: '0324dad5aeb02b1397662d77710c315e46d28ebfdb26841db9eec33e8753c205e0',
    path: [5, 0, 20418, 0],
  },
  change: {
    publicKey: '032a114cd7f3be20d08d52ad7a0ac918cb0aaafd14d2ad4bad879bd123dac235fd',
    path: [5, 0, 20418, 1],
  },
};
const ecdsa: BitcoinContext = { ...taproot, kind: 'p2wpkh' };

/** Each is written down whole: what another implementation has to say about the same bytes. */
export const bitcoinDecodings = {
  'taproot-payment-with-change': {
    input: {
      unsigned:
        '70736274ff0100b202000000025e29510c2313fc567bd73d5ef95c1399232cb322d85aeaab8da27849ed0b732a0000000000fdffffff4abea647695de6b8e73cbc3d945eb5d648eb2480ddbd755d02d165c73ca6aae30100000000fdffffff028096980000000000225120a60869f0dbcf1dc659c9cecbaf8050135ea9e8cdc487053f1dc6880949dc684c9cc22d00000000002251203283525a5d4a6857ad33666d7c7ed3cf2645e9f13c68324536a884c0b34ab9d8000000000001012b4054890000000000225120e25a721cee3507d1fc97f077f70f11c2c35fe2cda5b5fcd348bbf4309bda37050001012b00093d00000000002251203283525a5d4a6857ad33666d7c7ed3cf2645e9f13c68324536a884c0b34ab9d8000000',
      context: taproot,
    },
    expected: {
      chain: 'bip122:000000000019d6689c085ae165831e93',
      asset: 'BTC',
      from: 'bc1pufd8y88wx5rarlyh7pmlwrc3ctp4lckd5k6le56gh06rpx76xuzslutfh8',
      to: 'bc1p5cyxnuxmeuwuvkwfem96lqzszd02n6xdcjrs20cac6yqjjwudpxqkedrcr',
      amount: '10000000',
      feePayer: 'bc1pufd8y88wx5rarlyh7pmlwrc3ctp4lckd5k6le56gh06rpx76xuzslutfh8',
      fee: '1060',
      memo: null,
      conflictKey:
        'bip122:000000000019d6689c085ae165831e93:outpoint:2a730bed4978a28dabea5ad822b32c2399135cf95e3dd77b56fc13230c51295e:0',
      uses: [
        'bip122:000000000019d6689c085ae165831e93:outpoint:e3aaa63cc765d1025d75bddd8024eb48d6b55e943dbc3ce7b8e65d6947a6be4a:1',
      ],
      details: {
        family: 'bitcoin',
        version: 2,
        lockTime: 0,
        replaceable: true,
        virtualBytes: 212,
        inputs: [
          {
            outpoint: '2a730bed4978a28dabea5ad822b32c2399135cf95e3dd77b56fc13230c51295e:0',
            address: 'bc1pufd8y88wx5rarlyh7pmlwrc3ctp4lckd5k6le56gh06rpx76xuzslutfh8',
            amount: '9000000',
            sequence: 4294967293,
          },
          {
            outpoint: 'e3aaa63cc765d1025d75bddd8024eb48d6b55e943dbc3ce7b8e65d6947a6be4a:1',
            address: 'bc1px2p4ykjaff590tfnvekhclkneunyt603835ry3fk4zzvpv62h8vq90mz06',
            amount: '4000000',
            sequence: 4294967293,
          },
        ],
        outputs: [
          {
            address: 'bc1p5cyxnuxmeuwuvkwfem96lqzszd02n6xdcjrs20cac6yqjjwudpxqkedrcr',
            amount: '10000000',
            role: 'recipient',
          },
          {
            address: 'bc1px2p4ykjaff590tfnvekhclkneunyt603835ry3fk4zzvpv62h8vq90mz06',
            amount: '2998940',
            role: 'change',
          },
        ],
      },
      parts: [
        {
          bytes: 'd2ec1a4ded3fd753c886eb51f672d9a010c8fdacfc78534d85b7b2701187d3ca',
          path: [5, 0, 20418, 0],
          tweak: 'taproot',
        },
        {
          bytes: 'b82adcbe428ab5fb91739a158b4f76462f9a79199795ab58713be201d5727f59',
          path: [5, 0, 20418, 1],
          tweak: 'taproot',
        },
      ],
    },
  },
  'replacement-with-a-higher-fee': {
    input: {
      unsigned:
        '70736274ff0100b202000000025e29510c2313fc567bd73d5ef95c1399232cb322d85aeaab8da27849ed0b732a0000000000fdffffff4abea647695de6b8e73cbc3d945eb5d648eb2480ddbd755d02d165c73ca6aae30100000000fdffffff028096980000000000225120a60869f0dbcf1dc659c9cecbaf8050135ea9e8cdc487053f1dc6880949dc684cd0bc2d00000000002251203283525a5d4a6857ad33666d7c7ed3cf2645e9f13c68324536a884c0b34ab9d8000000000001012b4054890000000000225120e25a721cee3507d1fc97f077f70f11c2c35fe2cda5b5fcd348bbf4309bda37050001012b00093d00000000002251203283525a5d4a6857ad33666d7c7ed3cf2645e9f13c68324536a884c0b34ab9d8000000',
      context: taproot,
    },
    expected: {
      chain: 'bip122:000000000019d6689c085ae165831e93',
      asset: 'BTC',
      from: 'bc1pufd8y88wx5rarlyh7pmlwrc3ctp4lckd5k6le56gh06rpx76xuzslutfh8',
      to: 'bc1p5cyxnuxmeuwuvkwfem96lqzszd02n6xdcjrs20cac6yqjjwudpxqkedrcr',
      amount: '10000000',
      feePayer: 'bc1pufd8y88wx5rarlyh7pmlwrc3ctp4lckd5k6le56gh06rpx76xuzslutfh8',
      fee: '2544',
      memo: null,
      conflictKey:
        'bip122:000000000019d6689c085ae165831e93:outpoint:2a730bed4978a28dabea5ad822b32c2399135cf95e3dd77b56fc13230c51295e:0',
      uses: [
        'bip122:000000000019d6689c085ae165831e93:outpoint:e3aaa63cc765d1025d75bddd8024eb48d6b55e943dbc3ce7b8e65d6947a6be4a:1',
      ],
      details: {
        family: 'bitcoin',
        version: 2,
        lockTime: 0,
        replaceable: true,
        virtualBytes: 212,
        inputs: [
          {
            outpoint: '2a730bed4978a28dabea5ad822b32c2399135cf95e3dd77b56fc13230c51295e:0',
            address: 'bc1pufd8y88wx5rarlyh7pmlwrc3ctp4lckd5k6le56gh06rpx76xuzslutfh8',
            amount: '9000000',
            sequence: 4294967293,
          },
          {
            outpoint: 'e3aaa63cc765d1025d75bddd8024eb48d6b55e943dbc3ce7b8e65d6947a6be4a:1',
            address: 'bc1px2p4ykjaff590tfnvekhclkneunyt603835ry3fk4zzvpv62h8vq90mz06',
            amount: '4000000',
            sequence: 4294967293,
          },
        ],
        outputs: [
          {
            address: 'bc1p5cyxnuxmeuwuvkwfem96lqzszd02n6xdcjrs20cac6yqjjwudpxqkedrcr',
            amount: '10000000',
            role: 'recipient',
          },
          {
            address: 'bc1px2p4ykjaff590tfnvekhclkneunyt603835ry3fk4zzvpv62h8vq90mz06',
            amount: '2997456',
            role: 'change',
          },
        ],
      },
      parts: [
        {
          bytes: '07ab6212fd03c6e0f0cd00b21501ef2c27e6a027975e3f01656743b0a8fd4a66',
          path: [5, 0, 20418, 0],
          tweak: 'taproot',
        },
        {
          bytes: '93036c3281b56baa7a670922e26d9dc2c12e626ceea82495a76ec04488767ccc',
          path: [5, 0, 20418, 1],
          tweak: 'taproot',
        },
      ],
    },
  },
  'taproot-payment-without-change': {
    input: {
      unsigned:
        '70736274ff01005e020000000189a0cc7be1c125cb5b7bcb10501d4f69a1c833059965b328f1ddcf73137e69150000000000fdffffff0140420f0000000000225120a60869f0dbcf1dc659c9cecbaf8050135ea9e8cdc487053f1dc6880949dc684c000000000001012bfc440f0000000000225120e25a721cee3507d1fc97f077f70f11c2c35fe2cda5b5fcd348bbf4309bda37050000',
      context: taproot,
    },
    expected: {
      chain: 'bip122:000000000019d6689c085ae165831e93',
      asset: 'BTC',
      from: 'bc1pufd8y88wx5rarlyh7pmlwrc3ctp4lckd5k6le56gh06rpx76xuzslutfh8',
      to: 'bc1p5cyxnuxmeuwuvkwfem96lqzszd02n6xdcjrs20cac6yqjjwudpxqkedrcr',
      amount: '1000000',
      feePayer: 'bc1pufd8y88wx5rarlyh7pmlwrc3ctp4lckd5k6le56gh06rpx76xuzslutfh8',
      fee: '700',
      memo: null,
      conflictKey:
        'bip122:000000000019d6689c085ae165831e93:outpoint:15697e1373cfddf128b365990533c8a1694f1d5010cb7b5bcb25c1e17bcca089:0',
      details: {
        family: 'bitcoin',
        version: 2,
        lockTime: 0,
        replaceable: true,
        virtualBytes: 111,
        inputs: [
          {
            outpoint: '15697e1373cfddf128b365990533c8a1694f1d5010cb7b5bcb25c1e17bcca089:0',
            address: 'bc1pufd8y88wx5rarlyh7pmlwrc3ctp4lckd5k6le56gh06rpx76xuzslutfh8',
            amount: '1000700',
            sequence: 4294967293,
          },
        ],
        outputs: [
          {
            address: 'bc1p5cyxnuxmeuwuvkwfem96lqzszd02n6xdcjrs20cac6yqjjwudpxqkedrcr',
            amount: '1000000',
            role: 'recipient',
          },
        ],
      },
      parts: [
        {
          bytes: '32a474da09c05cda3d5b76758571e6980f83f91b77190867e08d87e7cb75b355',
          path: [5, 0, 20418, 0],
          tweak: 'taproot',
        },
      ],
    },
  },
  'ecdsa-payment-with-previous-transactions': {
    input: {
      unsigned:
        '70736274ff01009b0200000002eb4ab99eee603ee22b1bf5a552fba3b05f972ad895d6c45296bcdf49ca3f16540000000000fdffffff8b7c8a223b488f354859c798a310b714d1dbce770fa7fd895b0eb67c5f5fcb680100000000fdffffff02c0c62d000000000017a914b472a266d0bd89c13706a4132ccfb16f7c3b9fcb87c68f0400000000001600142f85d211557389092b7451ae6546e926e3e71d7c00000000000100520200000001010101010101010101010101010101010101010101010101010101010101010100000000000000000001a02526000000000016001460ae3efd8cf5bdb7161d66dd9ad8d77f1f7ce1f2000000000001007d0200000001010101010101010101010101010101010101010101010101010101010101010101000000000000000002e803000000000000220020070707070707070707070707070707070707070707070707070707070707070700350c00000000001600142f85d211557389092b7451ae6546e926e3e71d7c00000000000000',
      context: ecdsa,
    },
    expected: {
      chain: 'bip122:000000000019d6689c085ae165831e93',
      asset: 'BTC',
      from: 'bc1qvzhralvv7k7mw9savmwe4kxh0u0hec0jfmjy7h',
      to: '3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy',
      amount: '3000000',
      feePayer: 'bc1qvzhralvv7k7mw9savmwe4kxh0u0hec0jfmjy7h',
      fee: '1050',
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
        virtualBytes: 210,
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
            address: '3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy',
            amount: '3000000',
            role: 'recipient',
          },
          {
            address: 'bc1q97zayy24wwysj2m52xhx23hfym37w8tu4lke06',
            amount: '298950',
            role: 'change',
          },
        ],
      },
      parts: [
        {
          bytes: '83b23b85afdfa2ca55a1418faf839d14647813a936c78e6ba722845bec8c03bb',
          path: [5, 0, 20418, 0],
          tweak: 'none',
        },
        {
          bytes: 'c6f9e037c3d7f13cfdbf22f4fafc8e786572f24bde4a8dda8f81c6912724f005',
          path: [5, 0, 20418, 1],
          tweak: 'none',
        },
      ],
    },
  },
  'change-to-a-stranger': {
    input: {
      unsigned:
        '70736274ff0100b202000000025e29510c2313fc567bd73d5ef95c1399232cb322d85aeaab8da27849ed0b732a0000000000fdffffff4abea647695de6b8e73cbc3d945eb5d648eb2480ddbd755d02d165c73ca6aae30100000000fdffffff028096980000000000225120a60869f0dbcf1dc659c9cecbaf8050135ea9e8cdc487053f1dc6880949dc684c9cc22d0000000000225120b38d61e9daeb6d31d895f3f1ae2d010f64a50fbb6544cdb60467235aecb268ef000000000001012b4054890000000000225120e25a721cee3507d1fc97f077f70f11c2c35fe2cda5b5fcd348bbf4309bda37050001012b00093d00000000002251203283525a5d4a6857ad33666d7c7ed3cf2645e9f13c68324536a884c0b34ab9d8000000',
      context: taproot,
    },
    expected: {
      refusal: 'transaction-not-a-transfer',
      detail: 'change-elsewhere',
    },
  },
  'previous-transaction-that-lies': {
    input: {
      unsigned:
        '70736274ff01009b0200000002eb4ab99eee603ee22b1bf5a552fba3b05f972ad895d6c45296bcdf49ca3f16540000000000fdffffff8b7c8a223b488f354859c798a310b714d1dbce770fa7fd895b0eb67c5f5fcb680100000000fdffffff02c0c62d000000000017a914b472a266d0bd89c13706a4132ccfb16f7c3b9fcb87c68f0400000000001600142f85d211557389092b7451ae6546e926e3e71d7c00000000000100520200000001010101010101010101010101010101010101010101010101010101010101010100000000000000000001a02426000000000016001460ae3efd8cf5bdb7161d66dd9ad8d77f1f7ce1f2000000000001007d0200000001010101010101010101010101010101010101010101010101010101010101010101000000000000000002e803000000000000220020070707070707070707070707070707070707070707070707070707070707070700340c00000000001600142f85d211557389092b7451ae6546e926e3e71d7c00000000000000',
      context: ecdsa,
    },
    expected: {
      refusal: 'transaction-not-a-transfer',
      detail: 'previous-transaction-differs',
    },
  },
  'not-replaceable': {
    input: {
      unsigned:
        '70736274ff0100b202000000025e29510c2313fc567bd73d5ef95c1399232cb322d85aeaab8da27849ed0b732a0000000000ffffffff4abea647695de6b8e73cbc3d945eb5d648eb2480ddbd755d02d165c73ca6aae30100000000ffffffff028096980000000000225120a60869f0dbcf1dc659c9cecbaf8050135ea9e8cdc487053f1dc6880949dc684c9cc22d00000000002251203283525a5d4a6857ad33666d7c7ed3cf2645e9f13c68324536a884c0b34ab9d8000000000001012b4054890000000000225120e25a721cee3507d1fc97f077f70f11c2c35fe2cda5b5fcd348bbf4309bda37050001012b00093d00000000002251203283525a5d4a6857ad33666d7c7ed3cf2645e9f13c68324536a884c0b34ab9d8000000',
      context: taproot,
    },
    expected: {
      refusal: 'transaction-not-a-transfer',
      detail: 'sequence',
    },
  },
} as const satisfies Examples<DecodeExample<BitcoinContext>>;
