/** A transaction as this party's own decoder reads it: what every chain has, then what its own has. */
import type { Decoded } from '#lib/chains/decoded.ts';
import { amountText, feeAssetOf, unitsText } from './amounts.ts';
import { shown, type Fact } from './section.ts';

type DetailsOf<F extends Decoded['details']['family']> = Extract<Decoded['details'], { family: F }>;

/** More coins than a page can show are counted; the digest of what is signed covers all. */
const coinsShown = 50;

const addressFact = (term: string, text: string, notes: string[] = []): Fact => ({
  term,
  text: shown(text),
  as: 'address',
  ...(notes.length > 0 ? { notes } : {}),
});
const plain = (term: string, text: string): Fact => ({ term, text: shown(text) });

const solanaFacts = ({ nonceAccount, nonceValue }: DetailsOf<'solana'>): Fact[] => [
  addressFact('Nonce account', nonceAccount),
  { term: 'Nonce value', text: shown(nonceValue), as: 'code' },
];

function bitcoinFacts(
  { asset, fee }: Decoded,
  { inputs, outputs, virtualBytes, replaceable }: DetailsOf<'bitcoin'>,
): Fact[] {
  // In thousandths, so that nothing is rounded away that a person would compare.
  const rate = (BigInt(fee) * 1000n) / BigInt(virtualBytes);
  const more: Fact[] =
    inputs.length > coinsShown
      ? [plain('Further coins', `${inputs.length - coinsShown} more, which are not shown here`)]
      : [];
  return [
    ...inputs
      .slice(0, coinsShown)
      .map(({ address, amount, outpoint }, place) =>
        addressFact(`Spends ${place + 1} of ${inputs.length}`, address, [
          amountText(amount, asset),
          `coin ${outpoint}`,
        ]),
      ),
    ...more,
    ...outputs.map(({ address, amount, role }, place) =>
      addressFact(`Pays ${place + 1} of ${outputs.length}`, address, [
        amountText(amount, asset),
        role === 'recipient' ? 'the recipient' : 'change, back to the account that pays',
      ]),
    ),
    plain(
      'Fee for each virtual byte',
      `${rate / 1000n}.${String(rate % 1000n).padStart(3, '0')} satoshi, rounded down, at ${virtualBytes} virtual bytes`,
    ),
    plain(
      'May be replaced',
      replaceable ? 'yes, by one with a higher fee, until it is in a block' : 'no',
    ),
  ];
}

const argumentFact = (
  { asset, amount, to }: Decoded,
  { name, type, value }: { name: string; type: string; value: string },
): Fact => ({
  term: `Argument ${shown(name)}`,
  text: shown(value),
  as: type === 'address' ? 'address' : 'code',
  notes: [
    type,
    ...(value === amount ? [amountText(amount, asset)] : []),
    ...(value === to ? ['the recipient'] : []),
  ],
});

function ethereumFacts(transaction: Decoded, details: DetailsOf<'ethereum'>): Fact[] {
  const { chain, asset } = transaction;
  const { nonce, gasLimit, maxFeePerGas, maxPriorityFeePerGas, target, value, call } = details;
  const ether = feeAssetOf(chain) ?? 'ETH';
  return [
    plain('Number of the account', nonce),
    addressFact('Addressed to', target, [
      call === null ? 'the recipient' : `the contract of ${asset}`,
      `${amountText(value, ether)} goes along`,
    ]),
    ...(call === null
      ? [plain('Call', 'none')]
      : [
          { term: 'Call', text: shown(call.signature), as: 'code' as const },
          ...call.arguments.map((argument) => argumentFact(transaction, argument)),
        ]),
    {
      term: 'Gas',
      text: `at most ${gasLimit} units`,
      notes: [
        `at most ${amountText(maxFeePerGas, ether)} for each`,
        `of it ${amountText(maxPriorityFeePerGas, ether)} for who makes the block`,
      ],
    },
  ];
}

function detailFacts(transaction: Decoded): Fact[] {
  const { details } = transaction;
  switch (details.family) {
    case 'solana':
      return solanaFacts(details);
    case 'bitcoin':
      return bitcoinFacts(transaction, details);
    case 'ethereum':
      return ethereumFacts(transaction, details);
  }
}

export function transactionFacts(transaction: Decoded): Fact[] {
  const { asset, chain, from, to, amount, feePayer, fee, memo, details } = transaction;
  const feeAsset = feeAssetOf(chain) ?? asset;
  return [
    { term: 'Amount', text: amountText(amount, asset), notes: [unitsText(amount)] },
    addressFact('From', from),
    addressFact('To', to),
    {
      term: details.family === 'ethereum' ? 'Network fee, at most' : 'Network fee',
      text: amountText(fee, feeAsset),
      notes: [unitsText(fee)],
    },
    addressFact('Fee paid by', feePayer),
    memo === null ? plain('Memo', 'none') : { term: 'Memo', text: shown(memo), as: 'code' },
    ...detailFacts(transaction),
  ];
}
