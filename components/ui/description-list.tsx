import type { ReactNode } from 'react';

export type Description = {
  term: ReactNode;
  detail: ReactNode;
  /** Needed only where two terms could be the same or are no plain text. */
  id?: string;
};

export type DescriptionListProps = {
  items: readonly Description[];
  /** `record` rules each line and gives it room; `compact` is for panels. */
  look?: 'record' | 'compact';
};

/** Facts in the order a person decides by: the word at the left, the fact beside it. */
export function DescriptionList({ items, look = 'record' }: DescriptionListProps) {
  const row =
    look === 'record'
      ? 'grid gap-x-6 gap-y-1 border-t border-line py-3.5 medium:grid-cols-[8rem_minmax(0,1fr)]'
      : 'grid gap-x-4 py-1 text-sm medium:grid-cols-[7rem_minmax(0,1fr)]';
  return (
    <dl className={look === 'record' ? 'border-b border-line' : ''}>
      {items.map(({ term, detail, id }, index) => (
        <div key={id ?? (typeof term === 'string' ? term : index)} className={row}>
          <dt className="text-text-quiet">{term}</dt>
          <dd className="min-w-0">{detail}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Second line of a fact: where it comes from, how old it is. */
export function Footing({ children }: { children: ReactNode }) {
  return <p className="mt-1 text-sm text-text-quiet">{children}</p>;
}
