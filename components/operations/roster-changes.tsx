import type { PersonEntry, RosterDiff } from '#lib/operations/roster-diff.ts';
import { Footing } from '../ui/description-list.tsx';
import { TextLink } from '../ui/text-link.tsx';

/** What a new roster changes, person by person: added, changed, removed. */
export function RosterChanges({ diff }: { diff: RosterDiff }) {
  const rows = [
    ...diff.added.map((person) => ({ sign: '+', word: 'Added', person, lines: factsOf(person) })),
    ...diff.changed.map(({ person, changes }) => ({
      sign: '±',
      word: 'Changed',
      person,
      lines: changes,
    })),
    ...diff.removed.map((person) => ({
      sign: '−',
      word: 'Removed',
      person,
      lines: ['no statement of theirs counts any more'],
    })),
  ];
  return (
    <>
      <ul className="space-y-3">
        {rows.map(({ sign, word, person, lines }) => (
          <li key={person.id} className="flex gap-3">
            <span aria-hidden="true" className="figures-mono w-3 shrink-0 font-strong">
              {sign}
            </span>
            <div>
              <span className="text-text-quiet">{word}</span>{' '}
              <TextLink look="plain" href={`/operators/${person.id}`} className="font-medium">
                <bdi>{person.name}</bdi>
              </TextLink>
              {lines.map((line) => (
                <span key={line} className="block text-sm text-text-quiet">
                  {line}
                </span>
              ))}
            </div>
          </li>
        ))}
        {diff.arrangements.map(({ how, about, sentence }) => (
          <li key={sentence} className="flex gap-3">
            <span aria-hidden="true" className="figures-mono w-3 shrink-0 font-strong">
              {signs[how]}
            </span>
            <div className="min-w-0">
              <span className="text-text-quiet">
                {about === 'delegation' ? 'Delegation' : 'Custodians'} {how}
              </span>
              <bdi className="block break-words">{sentence}</bdi>
            </div>
          </li>
        ))}
        {diff.other.map((sentence) => (
          <li key={sentence} className="text-caution">
            {sentence}
          </li>
        ))}
      </ul>
      <Footing>
        {diff.before === null
          ? `Version ${diff.version}; the version before is not on record here.`
          : `Version ${diff.version} after ${diff.before}. ${diff.unchanged} ${diff.unchanged === 1 ? 'person stays' : 'people stay'} as they are; the parties stay the same.`}{' '}
        Signed are ids, roles, groups, ends and keys; names are the console’s words.
      </Footing>
    </>
  );
}

const signs = { added: '+', changed: '±', removed: '−' } as const;

const factsOf = ({ roles, group, keys }: PersonEntry): string[] => [
  `${roles.join(', ')}; ${group === null ? 'acts for no group' : `acts for ${group}`}`,
  `${keys.length} key${keys.length === 1 ? '' : 's'}: ${keys.map(({ kind }) => kind).join('; ')}`,
];
