/**
 * A place held for something on its way, in the size it will have, so nothing moves when it comes.
 * The size is given as classes, such as `h-5 w-40`.
 */
export function Skeleton({ className = 'h-5 w-full' }: { className?: string }) {
  return <span aria-hidden="true" className={`block skeleton ${className}`} />;
}

/** A table's place, with rows of the height they will have. */
export function TableSkeleton({ rows = 6, label = 'Loading' }: { rows?: number; label?: string }) {
  return (
    <div
      role="status"
      aria-busy="true"
      aria-label={label}
      className="rounded-md border border-line bg-surface"
    >
      {Array.from({ length: rows + 1 }, (_, row) => (
        <div
          key={row}
          className="flex h-9 items-center gap-6 border-b border-line px-3 last:border-0"
        >
          <Skeleton className="h-3.5 w-32" />
          <Skeleton className="h-3.5 w-24" />
          <Skeleton className="ms-auto h-3.5 w-40" />
        </div>
      ))}
    </div>
  );
}

/** A page's place: heading, sentence, and a table or a record below. */
export function PageSkeleton({ label = 'Loading the page' }: { label?: string }) {
  return (
    <div role="status" aria-busy="true" aria-label={label}>
      <Skeleton className="h-7 w-48" />
      <Skeleton className="mt-1 mb-6 h-5 w-80 max-w-full" />
      <div aria-hidden="true">
        <TableSkeleton />
      </div>
    </div>
  );
}
