import type { PartyStatusView } from '#lib/operations/view-parties.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Hash } from '../ui/grouped.tsx';

const HEADS = [
  ['roster', 'roster'],
  ['policy', 'policy'],
  ['audit', 'own record'],
] as const;

/** Short, to be compared by eye; whole by copying. */
export function PartyHeads({ name, heads }: { name: string; heads: PartyStatusView['heads'] }) {
  return (
    <ul>
      {HEADS.map(([key, label]) => {
        const head = heads[key];
        return (
          <li key={key} className="flex flex-wrap items-baseline justify-between gap-x-3">
            <span>
              {label}{' '}
              {head === null ? (
                <span className="text-text-quiet">none</span>
              ) : (
                <Hash value={head} groups={2} />
              )}
            </span>
            {head !== null && <CopyButton text={head} what={`the ${label} head of ${name}`} />}
          </li>
        );
      })}
    </ul>
  );
}
