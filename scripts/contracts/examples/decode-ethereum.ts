import type { EthereumContext } from '#lib/chains/ethereum/context.ts';
import type { DecodeExample } from '../decoders.ts';
import type { Examples } from './example.ts';

const from = '0x4a62316623ad457F02cDC5D997deD67a383EC569';
const to = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';
const eurc = '0x1aBaEA1f7C830bD89Acc67eC4af516284b1bC33c';
const path = [5, 0, 20418, 0];

const context: EthereumContext = {
  chain: 'eip155:1',
  account: {
    publicKey: '02989c0b76cb563971fdc9bef31ec06c3560f3249d6ee9e5d83c57625596e05f6f',
    path,
  },
  tokens: [{ asset: 'EURC', contract: eurc }],
};

/** What all transfers of the examples have in common. */
const common = {
  chain: 'eip155:1',
  from,
  to,
  feePayer: from,
  memo: null,
  conflictKey: `eip155:1:nonce:${from}:12`,
} as const;
const ether = {
  family: 'ethereum',
  nonce: '12',
  gasLimit: '21000',
  target: to,
  call: null,
} as const;
const part = (bytes: string) => [{ bytes, path, tweak: 'none' as const }];

export const ethereumDecodings = {
  'ether-transfer': {
    input: {
      unsigned:
        '02f0010c843b9aca008506fc23ac008252089470997970c51812dc3a010c7d01b50e0d17dc79c88803782dace9d9000080c0',
      context,
    },
    expected: {
      ...common,
      asset: 'ETH',
      amount: '250000000000000000',
      fee: '630000000000000',
      details: {
        ...ether,
        maxFeePerGas: '30000000000',
        maxPriorityFeePerGas: '1000000000',
        value: '250000000000000000',
      },
      parts: part('11645a6cad7d2509216b02a63826e032c0175ee7e53ed2c5fd90b3812c810044'),
    },
  },
  'replacement-with-a-higher-fee': {
    input: {
      unsigned:
        '02f0010c84773594008509502f90008252089470997970c51812dc3a010c7d01b50e0d17dc79c88803782dace9d9000080c0',
      context,
    },
    expected: {
      ...common,
      asset: 'ETH',
      amount: '250000000000000000',
      fee: '840000000000000',
      details: {
        ...ether,
        maxFeePerGas: '40000000000',
        maxPriorityFeePerGas: '2000000000',
        value: '250000000000000000',
      },
      parts: part('e38d900464f768d0283fac26f2dd65a697db33703a2d4fa06e6cbcd27600e69c'),
    },
  },
  'token-transfer': {
    input: {
      unsigned:
        '02f86d010c843b9aca008506fc23ac0082fde8941abaea1f7c830bd89acc67ec4af516284b1bc33c80b844a9059cbb00000000000000000000000070997970c51812dc3a010c7d01b50e0d17dc79c80000000000000000000000000000000000000000000000000000000000bebc20c0',
      context,
    },
    expected: {
      ...common,
      asset: 'EURC',
      amount: '12500000',
      fee: '1950000000000000',
      details: {
        family: 'ethereum',
        nonce: '12',
        gasLimit: '65000',
        maxFeePerGas: '30000000000',
        maxPriorityFeePerGas: '1000000000',
        target: eurc,
        value: '0',
        call: {
          signature: 'transfer(address,uint256)',
          arguments: [
            { name: 'to', type: 'address', value: to },
            { name: 'amount', type: 'uint256', value: '12500000' },
          ],
        },
      },
      parts: part('ffeb7155f5f45a2371af41077a0b1dd4f7a79af950dab024f0ee5985595a398c'),
    },
  },
  approval: {
    input: {
      unsigned:
        '02f86d010c843b9aca008506fc23ac0082fde8941abaea1f7c830bd89acc67ec4af516284b1bc33c80b844095ea7b300000000000000000000000070997970c51812dc3a010c7d01b50e0d17dc79c8ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc0',
      context,
    },
    expected: { refusal: 'transaction-not-a-transfer', detail: 'call-approval' },
  },
  'token-transfer-with-ether': {
    input: {
      unsigned:
        '02f86d010c843b9aca008506fc23ac0082fde8941abaea1f7c830bd89acc67ec4af516284b1bc33c01b844a9059cbb00000000000000000000000070997970c51812dc3a010c7d01b50e0d17dc79c80000000000000000000000000000000000000000000000000000000000bebc20c0',
      context,
    },
    expected: { refusal: 'transaction-not-a-transfer', detail: 'ether-with-token-call' },
  },
  'token-nobody-listed': {
    input: {
      unsigned:
        '02f86d010c843b9aca008506fc23ac0082fde894dac17f958d2ee523a2206206994597c13d831ec780b844a9059cbb00000000000000000000000070997970c51812dc3a010c7d01b50e0d17dc79c80000000000000000000000000000000000000000000000000000000000bebc20c0',
      context,
    },
    expected: { refusal: 'transaction-not-a-transfer', detail: 'call-to-non-token' },
  },
  'proxy-upgrade': {
    input: {
      unsigned:
        '02f84c010c843b9aca008506fc23ac0082fde8941abaea1f7c830bd89acc67ec4af516284b1bc33c80a43659cfe600000000000000000000000070997970c51812dc3a010c7d01b50e0d17dc79c8c0',
      context,
    },
    expected: { refusal: 'transaction-not-a-transfer', detail: 'call-proxy-upgrade' },
  },
  'contract-creation': {
    input: { unsigned: '02d6010c843b9aca008506fc23ac0082fde88080826000c0', context },
    expected: { refusal: 'transaction-not-a-transfer', detail: 'contract-creation' },
  },
  'other-chain': {
    input: {
      unsigned:
        '02f2827a690c843b9aca008506fc23ac008252089470997970c51812dc3a010c7d01b50e0d17dc79c88803782dace9d9000080c0',
      context,
    },
    expected: { refusal: 'transaction-not-a-transfer', detail: 'other-chain' },
  },
  'trailing-byte': {
    input: {
      unsigned:
        '02f0010c843b9aca008506fc23ac008252089470997970c51812dc3a010c7d01b50e0d17dc79c88803782dace9d9000080c000',
      context,
    },
    expected: { refusal: 'transaction-undecodable', detail: 'rlp-not-readable' },
  },
} as const satisfies Examples<DecodeExample<EthereumContext>>;
