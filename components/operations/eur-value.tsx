import type { EurValue } from '#lib/operations/facts/eur-value.ts';
import { Time } from '../ui/time.tsx';

/** "1,234.56 EUR", and by whose price of when. */
export function EurValueText({ value, asset }: { value: EurValue | null; asset: string }) {
  if (!value)
    return <span className="text-text-quiet">not known: no source has said a price lately</span>;
  return (
    <>
      {value.eur} EUR{' '}
      <span className="text-text-quiet">
        at {value.price} EUR for 1 {asset}, by source “{value.source}” on{' '}
        <Time instant={value.observedAt} />
      </span>
    </>
  );
}
