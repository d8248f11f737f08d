import { Amount, type AmountProps } from '../ui/amount.tsx';

/** The same decimal without its grouping commas, as fields and machines have it. */
export const plainDecimal = (text: string): string => text.replaceAll(',', '');

/** An amount as queries print it. */
export function OperationAmount({ value, ...rest }: AmountProps) {
  return <Amount value={plainDecimal(value)} {...rest} />;
}
