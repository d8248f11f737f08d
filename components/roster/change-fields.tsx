import { roleNames } from '#lib/identity/roles.ts';
import type { RosterPersonView, RosterView } from '#lib/operations/roster/view-roster.ts';
import { groupText, rolesText, seatText } from '../identity/people-words.ts';
import type { FieldErrors } from '../raise/read-form.ts';
import { CheckGroup } from '../ui/check-group.tsx';
import { SelectField, TextAreaField, TextField } from '../ui/field.tsx';
import { formatInstant } from '../ui/format.ts';
import type { What } from './read-change.ts';

export type FieldsProps = {
  view: RosterView;
  errors: FieldErrors;
  /** The person who is chosen, by id; empty while none is. */
  person: string;
  onPerson: (person: string) => void;
  roles: readonly string[];
  onRoles: (roles: string[]) => void;
  preset: { from: string; party: string };
};

const groups = ['control', 'custody', 'recovery'] as const;

const optionOf = (person: RosterPersonView) => ({
  value: person.id,
  label: `${person.name}: ${seatText(person)}`,
});

/** The field in which date and time are typed; UTC like every time on these pages. */
function UntilField({
  error,
  hint,
  value,
}: {
  error: string | undefined;
  hint: string;
  value?: string;
}) {
  return (
    <TextField
      label="Until (UTC)"
      name="until"
      type="datetime-local"
      hint={hint}
      defaultValue={value}
      error={error}
    />
  );
}

/** As a browser's field for date and time takes it; seconds stay as they are. */
const typed = (instant: string | null): string => instant?.slice(0, 19) ?? '';

function PersonField(
  props: FieldsProps & { label: string; people: readonly RosterPersonView[]; hint?: string },
) {
  return (
    <SelectField
      label={props.label}
      name="person"
      placeholder="Choose a person"
      value={props.people.some(({ id }) => id === props.person) ? props.person : ''}
      onChange={(event) => props.onPerson(event.target.value)}
      options={props.people.map(optionOf)}
      hint={props.hint}
      error={props.errors['person']}
    />
  );
}

/** Fields of one kind of change. */
export function ChangeFields({ what, ...props }: FieldsProps & { what: What }) {
  const { view, errors, person } = props;
  const chosen = view.people.find(({ id }) => id === person);
  switch (what) {
    case 'seat':
      return <SeatFields {...props} chosen={chosen} />;
    case 'delegate':
      return <DelegateFields {...props} />;
    case 'end-delegation':
      return <DelegationField {...props} />;
    case 'person-end':
      return (
        <>
          <PersonField {...props} label="Person" people={view.people} />
          <UntilField
            key={person}
            value={typed(chosen?.notAfter ?? null)}
            hint="Roles, group, keys and what they lend all end then. Leave it empty for no end."
            error={errors['until']}
          />
        </>
      );
    case 'key-end':
      return <KeyFields {...props} />;
    case 'remove':
      return (
        <PersonField
          {...props}
          label="Person"
          people={view.people}
          hint="No statement of theirs counts any more, and their sessions end. To bring them back they are invited and admitted again."
        />
      );
    case 'custodians':
      return (
        <TextAreaField
          label="Public record of the group"
          name="record"
          rows={10}
          hint="The file group-….json that making the group left behind. It names the party, the people and how many of them open it. Compare its key with the one the offline machine showed: the next step shows it whole."
          error={errors['record']}
        />
      );
    case 'end-custodians':
      return <PartyField {...props} />;
  }
}

function SeatFields({ chosen, ...props }: FieldsProps & { chosen: RosterPersonView | undefined }) {
  const { view, errors, roles, onRoles } = props;
  return (
    <>
      <PersonField {...props} label="Person" people={view.people} />
      <div className="max-w-form">
        <CheckGroup
          label="Roles"
          options={Object.entries(roleNames).map(([value, label]) => ({ value, label }))}
          values={roles}
          onChange={onRoles}
          error={errors['roles']}
        />
      </div>
      <SelectField
        // Another person has another group to begin with.
        key={chosen?.id ?? ''}
        label="Group"
        name="group"
        defaultValue={chosen?.group ?? ''}
        options={[
          { value: '', label: groupText(null) },
          ...groups.map((group) => ({ value: group, label: groupText(group) })),
        ]}
        hint="Control approves, Custody co-signs, Recovery takes part in key ceremonies. Nobody is in two."
      />
      {chosen && (
        <p className="text-sm text-text-quiet">
          Now: {rolesText(chosen.roles)}; {groupText(chosen.group)}.
        </p>
      )}
    </>
  );
}

function DelegateFields(props: FieldsProps) {
  const { view, errors, preset } = props;
  const givers = view.people.filter(({ group }) => group !== null);
  const takers = view.people.filter(
    ({ group, roles }) => group === null && roles.includes('officer'),
  );
  return (
    <>
      <SelectField
        label="Whose place"
        name="from"
        placeholder="Choose whom they stand in for"
        defaultValue={givers.some(({ id }) => id === preset.from) ? preset.from : ''}
        options={givers.map(optionOf)}
        error={errors['from']}
      />
      <PersonField
        {...props}
        label="Who stands in"
        people={takers}
        hint="A custody officer who acts for no group of their own. The two count as one voice, also once it has ended."
      />
      <UntilField
        hint="They state for the group of the other until then. A delegation always has an end."
        error={errors['until']}
      />
    </>
  );
}

function DelegationField({ view, errors, preset, person }: FieldsProps) {
  const wanted = `${preset.from} ${person}`;
  const options = view.delegations.map(({ from, to, notAfter }) => ({
    value: `${from.id} ${to.id}`,
    label: `${to.name} for ${from.name}, until ${formatInstant(notAfter, 'minute')}`,
  }));
  if (options.length === 0) return <p className="text-text-quiet">There is no delegation.</p>;
  return (
    <SelectField
      label="Delegation"
      name="delegation"
      placeholder="Choose a delegation"
      defaultValue={options.some(({ value }) => value === wanted) ? wanted : ''}
      options={options}
      error={errors['delegation']}
    />
  );
}

function KeyFields({ view, errors, person }: FieldsProps) {
  const options = view.people
    .filter(({ id }) => person === '' || id === person)
    .flatMap(({ id, name, keys }) =>
      keys
        .filter(({ isRevoked }) => !isRevoked)
        .map((key) => ({
          value: `${id} ${key.id}`,
          label: `${name}: ${key.label ?? 'key'}, ${key.words.join(' ')}`,
        })),
    );
  return (
    <>
      <SelectField
        label="Key"
        name="key"
        placeholder="Choose a key"
        defaultValue=""
        options={options}
        error={errors['key']}
      />
      <UntilField
        hint="Statements made with it count until then. Leave it empty for no end."
        error={errors['until']}
      />
    </>
  );
}

function PartyField({ view, errors, preset }: FieldsProps) {
  const options = view.custodians.map(({ id, party }) => ({
    value: party,
    label: `Party ${party}, group ${id}`,
  }));
  if (options.length === 0)
    return <p className="text-text-quiet">No party has custodians that could be ended.</p>;
  return (
    <SelectField
      label="Party"
      name="party"
      placeholder="Choose a party"
      defaultValue={options.some(({ value }) => value === preset.party) ? preset.party : ''}
      options={options}
      hint="No share of the party can be backed up until a new group is named. Backups that exist stay what they are."
      error={errors['party']}
    />
  );
}
