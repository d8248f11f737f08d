import type { KeyLifeIntent } from '#lib/operations/keys/key-workers.ts';
import { Footing, type Description } from '../ui/description-list.tsx';
import { Code } from '../ui/grouped.tsx';
import { TextLink } from '../ui/text-link.tsx';

/** What is done to a key that exists. */
export function keyWorkFacts(intent: KeyLifeIntent): Description[] {
  return [
    {
      term: 'Key',
      detail: (
        <TextLink href={`/keys/${intent.key}`}>
          <Code>{intent.key}</Code>
        </TextLink>
      ),
    },
    { term: 'Epoch', detail: epochText(intent) },
    {
      term: 'Parties',
      detail: (
        <>
          {intent.kind === 'key-repair'
            ? `${intent.helpers.join(' and ')} help ${intent.party}`
            : intent.parties.join(', ')}
          <Footing>{meaning[intent.kind]}</Footing>
        </>
      ),
    },
  ];
}

const epochText = (intent: KeyLifeIntent): string =>
  intent.kind === 'key-refresh'
    ? `${intent.epoch} was in force when it was raised; this makes ${intent.epoch + 1}`
    : String(intent.epoch);

const meaning: Readonly<Record<KeyLifeIntent['kind'], string>> = {
  'key-refresh':
    'Each gets a new share; the address stays. At a crash all stay on one epoch that can sign. Backups of the epoch before are void afterwards.',
  'key-repair':
    'The share is given back as it was, and no helper learns it. Refresh the shares right after.',
  'key-backup':
    'Each seals its share for its own custodians; nobody sees a share, and no group can open two.',
};
