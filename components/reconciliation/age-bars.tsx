import type { AgeBandView } from '#lib/reconciliation/view-overview.ts';
import { ageName } from './reconciliation-words.ts';

/** Open breaks by age: one bar for each band, shortfalls and surpluses apart, with their numbers. */
export function AgeBars({ ages }: { ages: readonly AgeBandView[] }) {
  const most = Math.max(1, ...ages.map(({ shortfalls, surpluses }) => shortfalls + surpluses));
  return (
    <ul className="max-w-2xl space-y-1" aria-label="Open breaks by age">
      {ages.map((age) => (
        <Band key={age.band} age={age} most={most} />
      ))}
    </ul>
  );
}

function Band({ age, most }: { age: AgeBandView; most: number }) {
  const { band, shortfalls, surpluses } = age;
  const short = (100 * shortfalls) / most;
  return (
    <li className="grid grid-cols-[10rem_minmax(0,1fr)] items-center gap-x-4 medium:grid-cols-[10rem_8rem_minmax(0,1fr)]">
      <span>{ageName(band)}</span>
      <span className="text-text-quiet tabular-nums">
        {shortfalls} short, {surpluses} over
      </span>
      <svg
        viewBox="0 0 100 8"
        preserveAspectRatio="none"
        className="h-3 w-full max-medium:hidden"
        aria-hidden="true"
      >
        <rect width={short} height="8" className="fill-danger" />
        <rect x={short} width={(100 * surpluses) / most} height="8" className="fill-caution" />
      </svg>
    </li>
  );
}
