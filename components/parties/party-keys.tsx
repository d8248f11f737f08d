import type { PartyStatusView } from '#lib/operations/view-parties.ts';
import { Pairs } from '../keys/pairs.tsx';
import { Evidence } from '../ui/timeline.tsx';

type Key = PartyStatusView['keys'][number];

/** More stand in a drawer, so that one party does not push the others off the screen. */
const SHOWN = 8;

/** Its share of each key: of which vault, from which refresh, and whether it could be restored. */
export function PartyKeys({ keys }: { keys: readonly Key[] }) {
  if (keys.length === 0) return <span className="text-text-quiet">It holds no share.</span>;
  const [first, rest] = [keys.slice(0, SHOWN), keys.slice(SHOWN)];
  return (
    <>
      <KeyList keys={first} />
      {rest.length > 0 && (
        <Evidence label={`${rest.length} more`}>
          <KeyList keys={rest} />
        </Evidence>
      )}
    </>
  );
}

function KeyList({ keys }: { keys: readonly Key[] }) {
  return (
    <ul>
      {keys.map((key) => (
        <li key={key.key} className="mb-1">
          <span className="whitespace-nowrap">
            {key.vault}, {key.tier}
          </span>
          : epoch {key.epoch},{' '}
          <span className={key.usable ? '' : 'text-danger'}>
            {key.usable ? 'usable' : key.state}
          </span>
          , <Backup of={key} />
          {key.pairs && key.pairs.length > 0 && (
            <span className="block">
              <Pairs pairs={key.pairs} />
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

function Backup({ of: { epoch, backedUpEpoch } }: { of: Key }) {
  if (backedUpEpoch === epoch) return 'backed up';
  return (
    <span className="text-caution">
      {backedUpEpoch === null ? 'not backed up' : `only epoch ${backedUpEpoch} is backed up`}
    </span>
  );
}
