import type { IconShape } from './icon-shapes.ts';

/** An icon at 16 px. It says nothing by itself: a word stands beside it or names its button. */
export function Icon({ shape }: { shape: IconShape }) {
  return (
    <svg
      width="16"
      height="16"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      className="shrink-0"
    >
      {shape.map((path) => (
        <path key={path} d={path} />
      ))}
    </svg>
  );
}
