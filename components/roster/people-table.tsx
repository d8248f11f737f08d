import type { RosterKeyView, RosterPersonView } from '#lib/operations/roster/view-roster.ts';
import { countOf, groupText, rolesText } from '../identity/people-words.ts';
import { KeyWords } from '../identity/key-words.tsx';
import { actingText } from '../operations/acting-text.ts';
import { NarrowLine } from '../ui/narrow-line.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { Time } from '../ui/time.tsx';

function Key({ item }: { item: RosterKeyView }) {
  return (
    <li>
      <bdi>{item.label ?? 'Not on record here'}</bdi>
      {item.isRevoked && <span className="text-sm text-text-quiet"> · revoked</span>}
      {item.notAfter !== null && (
        <span className="text-sm text-text-quiet">
          {' '}
          · until <Time instant={item.notAfter} style="minute" />
        </span>
      )}
      <div className="text-sm">
        <KeyWords words={item.words} of={item.label ?? 'the key'} />
      </div>
    </li>
  );
}

function Keys({ keys }: { keys: readonly RosterKeyView[] }) {
  if (keys.length === 0) return <span className="text-text-quiet">None</span>;
  return (
    <ul className="space-y-1">
      {keys.map((key) => (
        <Key key={key.id} item={key} />
      ))}
    </ul>
  );
}

function Group({ person: { group, standsInFor } }: { person: RosterPersonView }) {
  return (
    <>
      {groupText(group)}
      {standsInFor && (
        <bdi className="block max-w-60 text-sm text-text-quiet">
          {actingText({ group: standsInFor.group, standsInFor })}
        </bdi>
      )}
    </>
  );
}

const End = ({ person: { notAfter } }: { person: RosterPersonView }) =>
  notAfter === null ? (
    <span className="whitespace-nowrap">No end</span>
  ) : (
    <Time instant={notAfter} style="minute" />
  );

const columns: readonly Column<RosterPersonView>[] = [
  {
    id: 'name',
    head: 'Name',
    cell: (row) => (
      <>
        <TextLink look="plain" href={`/operators/${row.id}`}>
          <bdi>{row.name}</bdi>
        </TextLink>
        <NarrowLine word={rolesText(row.roles)}>
          <Group person={row} />
        </NarrowLine>
        <NarrowLine word={countOf(row.keys.length, 'key')}>
          <End person={row} />
        </NarrowLine>
      </>
    ),
  },
  { id: 'roles', narrow: 'hidden', head: 'Roles', cell: (row) => rolesText(row.roles) },
  {
    id: 'group',
    narrow: 'hidden',
    head: 'Group',
    cell: (row) => <Group person={row} />,
  },
  { id: 'end', narrow: 'hidden', head: 'Until', cell: (row) => <End person={row} /> },
  {
    id: 'keys',
    narrow: 'hidden',
    head: 'Keys that count',
    wrap: true,
    cell: (row) => <Keys keys={row.keys} />,
  },
];

const change: Column<RosterPersonView> = {
  id: 'change',
  head: <span className="sr-only">Change</span>,
  align: 'end',
  cell: (row) => (
    <TextLink href={`/operators/roster/change?person=${row.id}`}>
      Change<span className="sr-only"> what stands for {row.name}</span>
    </TextLink>
  ),
};

/** Everybody whose statements count, with what they may do and until when. */
export function PeopleTable({
  people,
  canChange,
}: {
  people: readonly RosterPersonView[];
  canChange: boolean;
}) {
  return (
    <Table
      label="People in the roster"
      columns={canChange ? [...columns, change] : columns}
      rows={people}
      rowKey={({ id }) => id}
      foot={countOf(people.length, 'person').replace('persons', 'people')}
    />
  );
}
