/** Two checks, one over the other: what one person says, another says again. */
export function Mark({ size = 18 }: { size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 18 18"
      fill="none"
      strokeWidth="2.2"
      aria-hidden="true"
      className="shrink-0"
    >
      <path d="M2 4.2 6.4 8.6" className="stroke-text" />
      <path d="M2 9.4 6.6 14 16.4 4" className="stroke-accent" />
    </svg>
  );
}

/** The mark and the name. */
export function Wordmark() {
  return (
    <span className="inline-flex items-center gap-2.5 text-md font-strong tracking-tight text-text">
      <Mark />
      Countersign
    </span>
  );
}
