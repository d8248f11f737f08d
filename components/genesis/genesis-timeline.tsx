import { listText } from '#lib/operations/genesis/founder-needs.ts';
import type { GenesisView } from '#lib/operations/genesis/view-genesis.ts';
import { RawText } from '../operations/raw-text.tsx';
import { formatInstant } from '../ui/format.ts';
import { Timeline, type TimelineEntry } from '../ui/timeline.tsx';

function signatureEntries({ people, state }: GenesisView): TimelineEntry[] {
  if (state === 'none')
    return [{ id: 'open', title: 'Every founder signs it', shape: 'ring', tone: 'quiet' }];
  const signed = people
    .flatMap(({ id, name, signature }) => (signature ? [{ id, name, ...signature }] : []))
    .toSorted((a, b) => (a.at < b.at ? -1 : 1))
    .map(({ id, name, at, keyLabel, document, assertion }) => ({
      id,
      title: `Signed by ${name}`,
      detail: `${formatInstant(at)} · key “${keyLabel}”`,
      evidenceLabel: 'Raw evidence',
      evidence: (
        <>
          <RawText title="Statement that was signed" text={document} what="the statement" />
          <RawText title="Answer of the key" text={assertion} what="the answer of the key" />
        </>
      ),
    }));
  const open = people.filter(({ signature }) => !signature);
  if (state !== 'collecting' || open.length === 0) return signed;
  const names = listText(open.map(({ name }) => name));
  return [...signed, { id: 'open', title: `Waits for ${names}`, shape: 'ring', tone: 'caution' }];
}

function partyEntries({ parties, state }: GenesisView): TimelineEntry[] {
  return parties.map(({ name, state: at }) => {
    if (at === 'cold')
      return {
        id: `party ${name}`,
        title: `Party ${name} pins it`,
        detail: 'on its own machine, from a document; nothing here waits for it',
        shape: 'square',
        tone: 'quiet',
      };
    const isPinned = at === 'pinned' || state === 'pinned';
    return {
      id: `party ${name}`,
      title: isPinned ? `Pinned by party ${name}` : `Party ${name} pins it`,
      detail: isPinned ? 'at its own address' : 'people compare the words at its own address',
      shape: isPinned ? 'dot' : 'ring',
      tone: isPinned ? 'neutral' : at === 'offered' ? 'caution' : 'quiet',
    };
  });
}

/** Who did what for genesis, and what is still to come. */
export function GenesisTimeline({ genesis }: { genesis: GenesisView }) {
  const { document } = genesis;
  const entries: TimelineEntry[] = [
    document
      ? { id: 'drawn', title: 'Document drawn up', detail: formatInstant(document.drawnUpAt) }
      : { id: 'drawn', title: 'A founder draws up the document', shape: 'ring', tone: 'caution' },
    ...signatureEntries(genesis),
    ...partyEntries(genesis),
    ...(document?.pinnedAt
      ? [
          {
            id: 'force',
            title: 'In force',
            detail: formatInstant(document.pinnedAt),
            tone: 'good' as const,
          },
        ]
      : []),
  ];
  return <Timeline label="Genesis" entries={entries} />;
}
