import type { GenesisPersonView, GenesisView } from '#lib/operations/genesis/view-genesis.ts';
import { keyKind } from '../identity/key-facts.tsx';
import { KeyWords } from '../identity/key-words.tsx';
import { groupText, rolesText } from '../identity/people-words.ts';
import { Code } from '../ui/grouped.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Panel } from '../ui/panel.tsx';
import { StatusMark } from '../ui/status-mark.tsx';
import { formatInstant } from '../ui/format.ts';

/** The people of the first roster: what each is there for, with which keys, and who has signed. */
export function GenesisPeople({
  genesis: { people, document },
  you,
}: {
  genesis: GenesisView;
  /** Id of the person who looks. */
  you: string;
}) {
  if (people.length === 0)
    return (
      <EmptyState title="No founder has registered keys yet">
        Founders come by the enrolment links that whoever set up this installation gave them.
      </EmptyState>
    );
  return (
    <Panel label="People of the first roster">
      {people.map((person) => (
        <Founder
          key={person.id}
          person={person}
          isYou={person.id === you}
          isToSign={document !== null}
        />
      ))}
    </Panel>
  );
}

function Founder({
  person,
  isYou,
  isToSign,
}: {
  person: GenesisPersonView;
  isYou: boolean;
  /** False while there is no document yet. */
  isToSign: boolean;
}) {
  const { id, name, roles, group, keys, signature } = person;
  return (
    <div className="px-4 py-3">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <p>
          <bdi className="font-medium">{name}</bdi>
          {isYou && ' (you)'}
          <span className="text-text-quiet">
            {' '}
            · {rolesText(roles)} · {groupText(group)}
          </span>
        </p>
        {signature ? (
          <StatusMark shape="dot" tone="neutral">
            Signed {formatInstant(signature.at, 'minute')}
          </StatusMark>
        ) : (
          <StatusMark shape={isToSign ? 'ring' : 'dot'}>
            {isToSign ? 'Has not signed' : 'Registered'}
          </StatusMark>
        )}
      </div>
      <p className="text-sm text-text-quiet">
        Parties know this person as <Code>{id}</Code>
      </p>
      <ul className="mt-2 space-y-2">
        {keys.map((key) => (
          <li key={key.id}>
            <KeyWords words={key.words} />
            <p className="text-sm text-text-quiet">
              <bdi>{key.label}</bdi> · {key.model}, {keyKind(key)}
            </p>
          </li>
        ))}
      </ul>
    </div>
  );
}
