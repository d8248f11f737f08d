/** What a decoded transaction says, in the words and units that people read. Pure. */
import { decimalsShown } from '#lib/chains/unknown-asset.ts';
import type { ChainDetails, Decoded } from '#lib/chains/decoded.ts';
import { chainFacts } from '#lib/chains/registry.ts';
import { formatAmount } from '#lib/protocol/amount.ts';

/** Exact decimal text, with every digit that the asset has. */
export type AmountText = { value: string; asset: string };

type TransactionDetails =
  | { family: 'solana'; nonceAccount: string; nonceValue: string }
  | {
      family: 'bitcoin';
      inputs: { outpoint: string; address: string; amount: AmountText }[];
      outputs: { address: string; amount: AmountText; role: 'recipient' | 'change' }[];
      /** "3.52 sat/vB", with ≈ where it is rounded. */
      rate: string;
      virtualBytes: number;
      replaceable: boolean;
    }
  | {
      family: 'ethereum';
      nonce: string;
      gasLimit: string;
      /** In gwei for each unit of gas. */
      maxFee: string;
      priorityFee: string;
      target: string;
      /** Ether that goes along. */
      value: AmountText;
      call: {
        signature: string;
        arguments: { name: string; type: string; value: string; amount: AmountText | null }[];
      } | null;
    };

export type TransactionContents = {
  from: string;
  to: string;
  amount: AmountText;
  memo: string | null;
  /** At most so much; what Bitcoin and Solana take is exactly it. */
  fee: AmountText;
  feePayer: string;
  details: TransactionDetails;
};

/** Wei in a gwei, as a number of digits. */
const GWEI_DIGITS = 9;

const amountOf = (units: string, asset: string): AmountText => ({
  value: formatAmount(BigInt(units), decimalsShown(asset)),
  asset,
});

/** A network fee in the asset of its chain. @param units smallest. */
export const feeAmount = (units: bigint, chain: string): AmountText =>
  amountOf(units.toString(), chainFacts(chain).feeAsset);

/**
 * Satoshi for a virtual byte, cut to two digits after the point.
 * @param fee satoshi. @param virtualBytes what it weighs at most.
 */
export function rateText(fee: bigint, virtualBytes: number): string {
  const size = BigInt(virtualBytes);
  const hundredths = (fee * 100n) / size;
  const mark = hundredths * size === fee * 100n ? '' : '≈ ';
  return `${mark}${formatAmount(hundredths, 2)} sat/vB`;
}

const gwei = (wei: string): string => `${formatAmount(BigInt(wei), GWEI_DIGITS)} gwei`;

/** @throws for an asset or a chain that is not in the registry: no decoder gives one. */
export function contentsOf(decoded: Decoded): TransactionContents {
  const { feeAsset } = chainFacts(decoded.chain);
  return {
    from: decoded.from,
    to: decoded.to,
    amount: amountOf(decoded.amount, decoded.asset),
    memo: decoded.memo,
    fee: amountOf(decoded.fee, feeAsset),
    feePayer: decoded.feePayer,
    details: detailsOf(decoded.details, decoded, feeAsset),
  };
}

function detailsOf(
  details: ChainDetails,
  { asset, fee }: Pick<Decoded, 'asset' | 'fee'>,
  feeAsset: string,
): TransactionDetails {
  switch (details.family) {
    case 'solana':
      return details;
    case 'bitcoin': {
      const { inputs, outputs, virtualBytes, replaceable } = details;
      return {
        family: 'bitcoin',
        inputs: inputs.map(({ outpoint, address, amount }) => ({
          outpoint,
          address,
          amount: amountOf(amount, feeAsset),
        })),
        outputs: outputs.map(({ address, amount, role }) => ({
          address,
          amount: amountOf(amount, feeAsset),
          role,
        })),
        rate: rateText(BigInt(fee), virtualBytes),
        virtualBytes,
        replaceable,
      };
    }
    case 'ethereum': {
      const { nonce, gasLimit, maxFeePerGas, maxPriorityFeePerGas, target, value, call } = details;
      return {
        family: 'ethereum',
        nonce,
        gasLimit: formatAmount(BigInt(gasLimit), 0),
        maxFee: gwei(maxFeePerGas),
        priorityFee: gwei(maxPriorityFeePerGas),
        target,
        value: amountOf(value, feeAsset),
        call: call && {
          signature: call.signature,
          // The decoder reads one call, whose one number is an amount of the token.
          arguments: call.arguments.map((argument) => ({
            ...argument,
            amount: argument.name === 'amount' ? amountOf(argument.value, asset) : null,
          })),
        },
      };
    }
  }
}
