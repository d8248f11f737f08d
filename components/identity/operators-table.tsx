import type { OperatorView } from '#lib/identity/list-operators.ts';
import { NarrowLine } from '../ui/narrow-line.tsx';
import { StatusMark } from '../ui/status-mark.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { Time } from '../ui/time.tsx';
import { countOf, groupText, personStatus, rolesText } from './people-words.ts';

const counting = (operator: OperatorView) =>
  operator.keys.filter(({ status }) => status !== 'revoked');

function lastUse(operator: OperatorView): string | null {
  const uses = operator.keys.flatMap(({ lastUsedAt }) => (lastUsedAt === null ? [] : [lastUsedAt]));
  return uses.toSorted().at(-1) ?? null;
}

/** Marks of a key in a few words; nothing for a hardware key, which is as it should be. */
function marksOf({ synced, status }: OperatorView['keys'][number]): string {
  const marks = [synced && 'synced', status === 'pending' && 'not in the roster yet'];
  return marks.filter(Boolean).join(', ');
}

function Keys({ operator }: { operator: OperatorView }) {
  const keys = counting(operator);
  if (keys.length === 0) return <span className="text-text-quiet">None registered</span>;
  return (
    <ul>
      {keys.map((key) => (
        <li key={key.id} className="max-full:whitespace-nowrap">
          <bdi>{key.label}</bdi>
          <span className="text-sm text-text-quiet">
            {' '}
            · {[key.model, marksOf(key)].filter(Boolean).join(', ')}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Status({ status }: { status: string }) {
  const { shape, tone, words } = personStatus(status);
  return (
    <StatusMark shape={shape} tone={tone}>
      {words}
    </StatusMark>
  );
}

const columns: readonly Column<OperatorView>[] = [
  {
    id: 'name',
    head: 'Name',
    cell: (row) => (
      <>
        <TextLink look="plain" href={`/operators/${row.id}`}>
          <bdi>{row.displayName}</bdi>
        </TextLink>
        {row.sandbox && <span className="text-sm text-text-quiet"> · sample</span>}
        <NarrowLine word={rolesText(row.roles)}>{groupText(row.group)}</NarrowLine>
        <NarrowLine word={countOf(counting(row).length, 'key')}>
          <Status status={row.status} />
        </NarrowLine>
      </>
    ),
  },
  { id: 'roles', narrow: 'hidden', head: 'Roles', cell: (row) => rolesText(row.roles) },
  { id: 'group', narrow: 'hidden', head: 'Group', cell: (row) => groupText(row.group) },
  {
    id: 'status',
    narrow: 'hidden',
    head: 'Status',
    cell: (row) => <Status status={row.status} />,
  },
  {
    id: 'keys',
    narrow: 'hidden',
    head: 'Keys',
    wrap: true,
    cell: (row) => <Keys operator={row} />,
  },
  {
    id: 'used',
    narrow: 'hidden',
    head: 'Last use',
    align: 'end',
    quiet: true,
    cell: (row) => {
      const used = lastUse(row);
      return used === null ? 'never' : <Time instant={used} style="minute" />;
    },
  },
  {
    id: 'sessions',
    narrow: 'hidden',
    head: 'Sessions',
    align: 'end',
    quiet: true,
    cell: (row) => row.openSessions,
  },
];

/** Everybody who works here: those who wait for somebody come first. */
export function OperatorsTable({ operators }: { operators: readonly OperatorView[] }) {
  const waiting = operators.filter(({ status }) => status === 'pending');
  const rows = [...waiting, ...operators.filter((row) => !waiting.includes(row))];
  const keys = operators.reduce((sum, operator) => sum + counting(operator).length, 0);
  return (
    <Table
      label="Operators"
      columns={columns}
      rows={rows}
      rowKey={({ id }) => id}
      mark={({ status }) => (status === 'pending' ? 'caution' : null)}
      foot={`${countOf(operators.length, 'person').replace('persons', 'people')} · ${countOf(keys, 'key')}`}
    />
  );
}

/** How things stand, in a sentence. */
export function operatorsState(operators: readonly OperatorView[]): string {
  const count = (status: string) =>
    operators.filter((operator) => operator.status === status).length;
  const parts = [
    `${count('active')} active`,
    count('pending') > 0 && `${count('pending')} waiting for admission`,
    count('invited') > 0 && `${count('invited')} invited`,
    count('suspended') > 0 && `${count('suspended')} suspended`,
  ];
  return `${parts.filter(Boolean).join(', ')}.`;
}
