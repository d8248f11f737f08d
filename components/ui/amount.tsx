import { groupThousands } from './format.ts';

export type AmountProps = {
  /** Exact decimal with every digit the asset has, such as `1.25000000`. Never rounded here. */
  value: string;
  asset: string;
  /** `figure` alone is for a table that has the asset in a column of its own. */
  show?: 'both' | 'figure';
  look?: 'plain' | 'strong';
};

/**
 * An amount with its asset beside it. The figure stays in one piece, and copying it gives exactly
 * what is seen. Throws RangeError on what is no plain decimal.
 */
export function Amount({ value, asset, show = 'both', look = 'strong' }: AmountProps) {
  return (
    <span className="whitespace-nowrap">
      <data value={value} className={look === 'strong' ? 'font-medium' : ''}>
        {groupThousands(value)}
      </data>
      {show === 'both' && <> {asset}</>}
    </span>
  );
}
