import type { GenesisPartyView } from '#lib/operations/genesis/view-genesis.ts';
import { KeyWords } from '../identity/key-words.tsx';
import { groupText } from '../identity/people-words.ts';
import { Hash } from '../ui/grouped.tsx';
import { Icon } from '../ui/icon.tsx';
import { externalLinkIcon } from '../ui/icon-shapes.ts';
import { Panel, PanelRow } from '../ui/panel.tsx';
import { StatusMark } from '../ui/status-mark.tsx';
import { partyWords } from './genesis-words.ts';

/** The parties with the keys they are known by, and the way to each one's own address. */
export function GenesisParties({ parties }: { parties: readonly GenesisPartyView[] }) {
  return (
    <Panel label="Parties">
      {parties.map((party) => (
        <Party key={party.name} party={party} />
      ))}
    </Panel>
  );
}

function Party({ party }: { party: GenesisPartyView }) {
  const { name, group, identityKey, words, origin, state } = party;
  const { shape, tone, words: stateWords } = partyWords(state);
  return (
    <PanelRow
      title={`Party ${name}`}
      aside={
        <StatusMark shape={shape} tone={tone}>
          {stateWords}
        </StatusMark>
      }
    >
      <p>Moves only with a statement of {groupText(group)}.</p>
      {words && (
        <div className="mt-1.5">
          <KeyWords words={words} of={`party ${name}`} />
        </div>
      )}
      {identityKey !== null && (
        <p className="mt-1">
          Identity key <Hash value={identityKey} />
        </p>
      )}
      {origin !== null && (
        <p className="mt-1">
          <a
            href={origin}
            target="_blank"
            rel="noreferrer"
            className="inline-flex min-h-6 items-center gap-1.5 rounded-sm text-accent underline decoration-transparent underline-offset-3 hover:decoration-current"
          >
            Compare at {origin}
            <Icon shape={externalLinkIcon} />
            <span className="sr-only">, opens in a new tab</span>
          </a>
        </p>
      )}
    </PanelRow>
  );
}
