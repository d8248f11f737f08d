import type { PolicyChange } from '#lib/operations/policy/policy-diff.ts';

const SIGNS: Readonly<Record<PolicyChange['how'], { sign: string; word: string }>> = {
  added: { sign: '+', word: 'Added' },
  changed: { sign: '±', word: 'Changed' },
  moved: { sign: '↕', word: 'Moved' },
  removed: { sign: '−', word: 'Removed' },
};

/** What one policy changes of another, one thing after the other. */
export function ChangesList({ changes }: { changes: readonly PolicyChange[] }) {
  if (changes.length === 0) return <p className="text-text-quiet">Nothing is different.</p>;
  return (
    <ul className="space-y-3">
      {changes.map(({ how, what, lines }) => (
        <li key={`${how} ${what}`} className="flex gap-3">
          <span aria-hidden="true" className="figures-mono w-3 shrink-0 font-strong">
            {SIGNS[how].sign}
          </span>
          <div className="min-w-0 wrap-anywhere">
            <span className="text-text-quiet">{SIGNS[how].word}</span>{' '}
            <bdi className="font-medium">{what}</bdi>
            {lines.map((line) => (
              <span key={line} className="block text-sm text-text-quiet">
                {line}
              </span>
            ))}
          </div>
        </li>
      ))}
    </ul>
  );
}
