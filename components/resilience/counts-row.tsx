import type { Found, FoundCount } from '#lib/resilience/records/found-by-figures.ts';
import { countOf } from '../operations/counts.ts';
import { PanelRow } from '../ui/panel.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { foundWords } from './found-words.ts';
import { listAddress } from './list-query.ts';

/** How many there are of each kind, each with its list. */
export function CountsRow({ counts }: { counts: readonly FoundCount<Found>[] }) {
  return (
    <PanelRow>
      <ul className="flex flex-wrap gap-x-4 gap-y-1">
        {counts.map(({ found, kind, count }) => (
          <li key={found}>
            {foundWords[found]}:{' '}
            <TextLink href={listAddress(kind, { found })}>
              {kind === 'function' ? countOf(count, 'function') : countOf(count, 'provider')}
            </TextLink>
          </li>
        ))}
      </ul>
    </PanelRow>
  );
}
