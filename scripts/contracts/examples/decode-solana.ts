import type { SolanaContext } from '#lib/chains/solana/context.ts';
import type { DecodeExample } from '../decoders.ts';
import type { Examples } from './example.ts';

/** Each is written down whole: what another implementation has to say about the same bytes. */
export const solanaDecodings = {
  'transfer-with-memo': {
    input: {
      unsigned:
        '0200030725303b46515c67727d88939ea9b4bfcad5e0ebf6010c17222d38434e59646f7a4a55606b76818c97a2adb8c3ced9e4effa05101b26313c47525d68737e89949f949faab5c0cbd6e1ecf7020d18232e39444f5a65707b86919ca7b2bdc8d3dee96f7a85909ba6b1bcc7d2dde8f3fe09141f2a35404b56616c77828d98a3aeb9c406a7d517192c568ee08a845f73d29788cf035c3145b21ab344d8062ea94000000000000000000000000000000000000000000000000000000000000000000000054a535a992921064d24e87160da387c7c35b5ddbc92bb81e41fa8404105448db9c4cfdae5f0fb06111c27323d48535e69747f8a95a0abb6c1ccd7e2edf8030e0305030204010404000000050201030c02000000002f685900000000060007432d3230343138',
      context: {
        chain: 'solana:mainnet',
      },
    },
    expected: {
      chain: 'solana:mainnet',
      asset: 'SOL',
      from: '61AgGzUTxL49Vq1qndTKfL6XZgVRencBdHD5DZtbet8N',
      to: '8WAca8hqqN3XfBGcvgX8mTEKTUQyVAHUNRtyCcbkPo3y',
      amount: '1500000000',
      feePayer: '3WAjyrF65J4mLUm4eaPKtwYRiqT6t1N3WhAwwheyZpw3',
      fee: '10000',
      memo: 'C-20418',
      conflictKey:
        'solana:nonce:B1AYsGwDiQ2upWKeMJxNZfMAnjfn5YCqPAwNrASAw1eg:DWAVARAbbQEt2YrKm18q1BCTQ76Ygg1erkQiumMdU8Tw:3WAjyrF65J4mLUm4eaPKtwYRiqT6t1N3WhAwwheyZpw3',
      details: {
        family: 'solana',
        nonceAccount: 'B1AYsGwDiQ2upWKeMJxNZfMAnjfn5YCqPAwNrASAw1eg',
        nonceValue: 'DWAVARAbbQEt2YrKm18q1BCTQ76Ygg1erkQiumMdU8Tw',
      },
      parts: [
        {
          bytes:
            '0200030725303b46515c67727d88939ea9b4bfcad5e0ebf6010c17222d38434e59646f7a4a55606b76818c97a2adb8c3ced9e4effa05101b26313c47525d68737e89949f949faab5c0cbd6e1ecf7020d18232e39444f5a65707b86919ca7b2bdc8d3dee96f7a85909ba6b1bcc7d2dde8f3fe09141f2a35404b56616c77828d98a3aeb9c406a7d517192c568ee08a845f73d29788cf035c3145b21ab344d8062ea94000000000000000000000000000000000000000000000000000000000000000000000054a535a992921064d24e87160da387c7c35b5ddbc92bb81e41fa8404105448db9c4cfdae5f0fb06111c27323d48535e69747f8a95a0abb6c1ccd7e2edf8030e0305030204010404000000050201030c02000000002f685900000000060007432d3230343138',
          path: [],
          tweak: 'none',
        },
      ],
    },
  },
  'transfer-without-memo': {
    input: {
      unsigned:
        '0200020625303b46515c67727d88939ea9b4bfcad5e0ebf6010c17222d38434e59646f7a4a55606b76818c97a2adb8c3ced9e4effa05101b26313c47525d68737e89949f949faab5c0cbd6e1ecf7020d18232e39444f5a65707b86919ca7b2bdc8d3dee96f7a85909ba6b1bcc7d2dde8f3fe09141f2a35404b56616c77828d98a3aeb9c406a7d517192c568ee08a845f73d29788cf035c3145b21ab344d8062ea94000000000000000000000000000000000000000000000000000000000000000000000b9c4cfdae5f0fb06111c27323d48535e69747f8a95a0abb6c1ccd7e2edf8030e0205030204010404000000050201030c020000000100000000000000',
      context: {
        chain: 'solana:mainnet',
      },
    },
    expected: {
      chain: 'solana:mainnet',
      asset: 'SOL',
      from: '61AgGzUTxL49Vq1qndTKfL6XZgVRencBdHD5DZtbet8N',
      to: '8WAca8hqqN3XfBGcvgX8mTEKTUQyVAHUNRtyCcbkPo3y',
      amount: '1',
      feePayer: '3WAjyrF65J4mLUm4eaPKtwYRiqT6t1N3WhAwwheyZpw3',
      fee: '10000',
      memo: null,
      conflictKey:
        'solana:nonce:B1AYsGwDiQ2upWKeMJxNZfMAnjfn5YCqPAwNrASAw1eg:DWAVARAbbQEt2YrKm18q1BCTQ76Ygg1erkQiumMdU8Tw:3WAjyrF65J4mLUm4eaPKtwYRiqT6t1N3WhAwwheyZpw3',
      details: {
        family: 'solana',
        nonceAccount: 'B1AYsGwDiQ2upWKeMJxNZfMAnjfn5YCqPAwNrASAw1eg',
        nonceValue: 'DWAVARAbbQEt2YrKm18q1BCTQ76Ygg1erkQiumMdU8Tw',
      },
      parts: [
        {
          bytes:
            '0200020625303b46515c67727d88939ea9b4bfcad5e0ebf6010c17222d38434e59646f7a4a55606b76818c97a2adb8c3ced9e4effa05101b26313c47525d68737e89949f949faab5c0cbd6e1ecf7020d18232e39444f5a65707b86919ca7b2bdc8d3dee96f7a85909ba6b1bcc7d2dde8f3fe09141f2a35404b56616c77828d98a3aeb9c406a7d517192c568ee08a845f73d29788cf035c3145b21ab344d8062ea94000000000000000000000000000000000000000000000000000000000000000000000b9c4cfdae5f0fb06111c27323d48535e69747f8a95a0abb6c1ccd7e2edf8030e0205030204010404000000050201030c020000000100000000000000',
          path: [],
          tweak: 'none',
        },
      ],
    },
  },
  'all-there-can-be': {
    input: {
      unsigned:
        '0200030725303b46515c67727d88939ea9b4bfcad5e0ebf6010c17222d38434e59646f7a4a55606b76818c97a2adb8c3ced9e4effa05101b26313c47525d68737e89949f949faab5c0cbd6e1ecf7020d18232e39444f5a65707b86919ca7b2bdc8d3dee96f7a85909ba6b1bcc7d2dde8f3fe09141f2a35404b56616c77828d98a3aeb9c406a7d517192c568ee08a845f73d29788cf035c3145b21ab344d8062ea94000000000000000000000000000000000000000000000000000000000000000000000054a535a992921064d24e87160da387c7c35b5ddbc92bb81e41fa8404105448db9c4cfdae5f0fb06111c27323d48535e69747f8a95a0abb6c1ccd7e2edf8030e0305030204010404000000050201030c02000000ffffffffffffffff060007432d3230343138',
      context: {
        chain: 'solana:mainnet',
      },
    },
    expected: {
      chain: 'solana:mainnet',
      asset: 'SOL',
      from: '61AgGzUTxL49Vq1qndTKfL6XZgVRencBdHD5DZtbet8N',
      to: '8WAca8hqqN3XfBGcvgX8mTEKTUQyVAHUNRtyCcbkPo3y',
      amount: '18446744073709551615',
      feePayer: '3WAjyrF65J4mLUm4eaPKtwYRiqT6t1N3WhAwwheyZpw3',
      fee: '10000',
      memo: 'C-20418',
      conflictKey:
        'solana:nonce:B1AYsGwDiQ2upWKeMJxNZfMAnjfn5YCqPAwNrASAw1eg:DWAVARAbbQEt2YrKm18q1BCTQ76Ygg1erkQiumMdU8Tw:3WAjyrF65J4mLUm4eaPKtwYRiqT6t1N3WhAwwheyZpw3',
      details: {
        family: 'solana',
        nonceAccount: 'B1AYsGwDiQ2upWKeMJxNZfMAnjfn5YCqPAwNrASAw1eg',
        nonceValue: 'DWAVARAbbQEt2YrKm18q1BCTQ76Ygg1erkQiumMdU8Tw',
      },
      parts: [
        {
          bytes:
            '0200030725303b46515c67727d88939ea9b4bfcad5e0ebf6010c17222d38434e59646f7a4a55606b76818c97a2adb8c3ced9e4effa05101b26313c47525d68737e89949f949faab5c0cbd6e1ecf7020d18232e39444f5a65707b86919ca7b2bdc8d3dee96f7a85909ba6b1bcc7d2dde8f3fe09141f2a35404b56616c77828d98a3aeb9c406a7d517192c568ee08a845f73d29788cf035c3145b21ab344d8062ea94000000000000000000000000000000000000000000000000000000000000000000000054a535a992921064d24e87160da387c7c35b5ddbc92bb81e41fa8404105448db9c4cfdae5f0fb06111c27323d48535e69747f8a95a0abb6c1ccd7e2edf8030e0305030204010404000000050201030c02000000ffffffffffffffff060007432d3230343138',
          path: [],
          tweak: 'none',
        },
      ],
    },
  },
  'on-the-sandbox': {
    input: {
      unsigned:
        '0200030725303b46515c67727d88939ea9b4bfcad5e0ebf6010c17222d38434e59646f7a4a55606b76818c97a2adb8c3ced9e4effa05101b26313c47525d68737e89949f949faab5c0cbd6e1ecf7020d18232e39444f5a65707b86919ca7b2bdc8d3dee96f7a85909ba6b1bcc7d2dde8f3fe09141f2a35404b56616c77828d98a3aeb9c406a7d517192c568ee08a845f73d29788cf035c3145b21ab344d8062ea94000000000000000000000000000000000000000000000000000000000000000000000054a535a992921064d24e87160da387c7c35b5ddbc92bb81e41fa8404105448db9c4cfdae5f0fb06111c27323d48535e69747f8a95a0abb6c1ccd7e2edf8030e0305030204010404000000050201030c02000000002f685900000000060007432d3230343138',
      context: {
        chain: 'solana:sandbox',
      },
    },
    expected: {
      chain: 'solana:sandbox',
      asset: 'SOL',
      from: '61AgGzUTxL49Vq1qndTKfL6XZgVRencBdHD5DZtbet8N',
      to: '8WAca8hqqN3XfBGcvgX8mTEKTUQyVAHUNRtyCcbkPo3y',
      amount: '1500000000',
      feePayer: '3WAjyrF65J4mLUm4eaPKtwYRiqT6t1N3WhAwwheyZpw3',
      fee: '10000',
      memo: 'C-20418',
      conflictKey:
        'solana:nonce:B1AYsGwDiQ2upWKeMJxNZfMAnjfn5YCqPAwNrASAw1eg:DWAVARAbbQEt2YrKm18q1BCTQ76Ygg1erkQiumMdU8Tw:3WAjyrF65J4mLUm4eaPKtwYRiqT6t1N3WhAwwheyZpw3',
      details: {
        family: 'solana',
        nonceAccount: 'B1AYsGwDiQ2upWKeMJxNZfMAnjfn5YCqPAwNrASAw1eg',
        nonceValue: 'DWAVARAbbQEt2YrKm18q1BCTQ76Ygg1erkQiumMdU8Tw',
      },
      parts: [
        {
          bytes:
            '0200030725303b46515c67727d88939ea9b4bfcad5e0ebf6010c17222d38434e59646f7a4a55606b76818c97a2adb8c3ced9e4effa05101b26313c47525d68737e89949f949faab5c0cbd6e1ecf7020d18232e39444f5a65707b86919ca7b2bdc8d3dee96f7a85909ba6b1bcc7d2dde8f3fe09141f2a35404b56616c77828d98a3aeb9c406a7d517192c568ee08a845f73d29788cf035c3145b21ab344d8062ea94000000000000000000000000000000000000000000000000000000000000000000000054a535a992921064d24e87160da387c7c35b5ddbc92bb81e41fa8404105448db9c4cfdae5f0fb06111c27323d48535e69747f8a95a0abb6c1ccd7e2edf8030e0305030204010404000000050201030c02000000002f685900000000060007432d3230343138',
          path: [],
          tweak: 'none',
        },
      ],
    },
  },
  'no-durable-nonce': {
    input: {
      unsigned:
        '0200020625303b46515c67727d88939ea9b4bfcad5e0ebf6010c17222d38434e59646f7a4a55606b76818c97a2adb8c3ced9e4effa05101b26313c47525d68737e89949f949faab5c0cbd6e1ecf7020d18232e39444f5a65707b86919ca7b2bdc8d3dee96f7a85909ba6b1bcc7d2dde8f3fe09141f2a35404b56616c77828d98a3aeb9c406a7d517192c568ee08a845f73d29788cf035c3145b21ab344d8062ea94000000000000000000000000000000000000000000000000000000000000000000000b9c4cfdae5f0fb06111c27323d48535e69747f8a95a0abb6c1ccd7e2edf8030e01050201030c02000000002f685900000000',
      context: {
        chain: 'solana:mainnet',
      },
    },
    expected: {
      refusal: 'transaction-not-a-transfer',
      detail: 'instruction-count',
    },
  },
  'nonce-of-another-authority': {
    input: {
      unsigned:
        '0200020625303b46515c67727d88939ea9b4bfcad5e0ebf6010c17222d38434e59646f7a4a55606b76818c97a2adb8c3ced9e4effa05101b26313c47525d68737e89949f949faab5c0cbd6e1ecf7020d18232e39444f5a65707b86919ca7b2bdc8d3dee96f7a85909ba6b1bcc7d2dde8f3fe09141f2a35404b56616c77828d98a3aeb9c406a7d517192c568ee08a845f73d29788cf035c3145b21ab344d8062ea94000000000000000000000000000000000000000000000000000000000000000000000b9c4cfdae5f0fb06111c27323d48535e69747f8a95a0abb6c1ccd7e2edf8030e0205030204000404000000050201030c02000000002f685900000000',
      context: {
        chain: 'solana:mainnet',
      },
    },
    expected: {
      refusal: 'transaction-not-a-transfer',
      detail: 'advance-nonce-accounts',
    },
  },
  'two-transfers': {
    input: {
      unsigned:
        '0200020625303b46515c67727d88939ea9b4bfcad5e0ebf6010c17222d38434e59646f7a4a55606b76818c97a2adb8c3ced9e4effa05101b26313c47525d68737e89949f949faab5c0cbd6e1ecf7020d18232e39444f5a65707b86919ca7b2bdc8d3dee96f7a85909ba6b1bcc7d2dde8f3fe09141f2a35404b56616c77828d98a3aeb9c406a7d517192c568ee08a845f73d29788cf035c3145b21ab344d8062ea94000000000000000000000000000000000000000000000000000000000000000000000b9c4cfdae5f0fb06111c27323d48535e69747f8a95a0abb6c1ccd7e2edf8030e0305030204010404000000050201030c02000000002f685900000000050201030c02000000002f685900000000',
      context: {
        chain: 'solana:mainnet',
      },
    },
    expected: {
      refusal: 'transaction-not-a-transfer',
      detail: 'instruction-count',
    },
  },
  'out-of-the-fee-account': {
    input: {
      unsigned:
        '0200020625303b46515c67727d88939ea9b4bfcad5e0ebf6010c17222d38434e59646f7a4a55606b76818c97a2adb8c3ced9e4effa05101b26313c47525d68737e89949f949faab5c0cbd6e1ecf7020d18232e39444f5a65707b86919ca7b2bdc8d3dee96f7a85909ba6b1bcc7d2dde8f3fe09141f2a35404b56616c77828d98a3aeb9c406a7d517192c568ee08a845f73d29788cf035c3145b21ab344d8062ea94000000000000000000000000000000000000000000000000000000000000000000000b9c4cfdae5f0fb06111c27323d48535e69747f8a95a0abb6c1ccd7e2edf8030e0205030204010404000000050200030c02000000002f685900000000',
      context: {
        chain: 'solana:mainnet',
      },
    },
    expected: {
      refusal: 'transaction-not-a-transfer',
      detail: 'transfer-accounts',
    },
  },
  'versioned-message': {
    input: {
      unsigned:
        '800200030725303b46515c67727d88939ea9b4bfcad5e0ebf6010c17222d38434e59646f7a4a55606b76818c97a2adb8c3ced9e4effa05101b26313c47525d68737e89949f949faab5c0cbd6e1ecf7020d18232e39444f5a65707b86919ca7b2bdc8d3dee96f7a85909ba6b1bcc7d2dde8f3fe09141f2a35404b56616c77828d98a3aeb9c406a7d517192c568ee08a845f73d29788cf035c3145b21ab344d8062ea94000000000000000000000000000000000000000000000000000000000000000000000054a535a992921064d24e87160da387c7c35b5ddbc92bb81e41fa8404105448db9c4cfdae5f0fb06111c27323d48535e69747f8a95a0abb6c1ccd7e2edf8030e0305030204010404000000050201030c02000000002f685900000000060007432d3230343138',
      context: {
        chain: 'solana:mainnet',
      },
    },
    expected: {
      refusal: 'transaction-undecodable',
      detail: 'versioned-message',
    },
  },
  'trailing-byte': {
    input: {
      unsigned:
        '0200030725303b46515c67727d88939ea9b4bfcad5e0ebf6010c17222d38434e59646f7a4a55606b76818c97a2adb8c3ced9e4effa05101b26313c47525d68737e89949f949faab5c0cbd6e1ecf7020d18232e39444f5a65707b86919ca7b2bdc8d3dee96f7a85909ba6b1bcc7d2dde8f3fe09141f2a35404b56616c77828d98a3aeb9c406a7d517192c568ee08a845f73d29788cf035c3145b21ab344d8062ea94000000000000000000000000000000000000000000000000000000000000000000000054a535a992921064d24e87160da387c7c35b5ddbc92bb81e41fa8404105448db9c4cfdae5f0fb06111c27323d48535e69747f8a95a0abb6c1ccd7e2edf8030e0305030204010404000000050201030c02000000002f685900000000060007432d323034313800',
      context: {
        chain: 'solana:mainnet',
      },
    },
    expected: {
      refusal: 'transaction-undecodable',
      detail: 'trailing-bytes',
    },
  },
} as const satisfies Examples<DecodeExample<SolanaContext>>;
