import { recordRightsEventAction } from '#lib/clients/actions.ts';
import { eventKinds, rightsStates } from '#lib/clients/rights/event.ts';
import type { RightsListView } from '#lib/clients/rights/list-rights.ts';
import type { RightsView } from '#lib/clients/rights/rights-view.ts';
import { SelectField, TextAreaField, TextField } from '../ui/field.tsx';
import { Code } from '../ui/grouped.tsx';
import { NarrowLine } from '../ui/narrow-line.tsx';
import type { Column } from '../ui/table.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { Time } from '../ui/time.tsx';
import { ActDialog } from './act-dialog.tsx';
import { ClockMark } from './clock-mark.tsx';
import { optionsOf } from './complaint-form.tsx';
import { RegisterScreen } from './register-sections.tsx';

const columns: readonly Column<RightsView>[] = [
  {
    id: 'number',
    head: 'Event',
    cell: (row) => (
      <>
        <TextLink look="plain" href={`/clients/rights/${row.id}`}>
          <Code>{row.number}</Code>
        </TextLink>
        <NarrowLine word="What">
          <bdi>{row.title}</bdi>
        </NarrowLine>
        <NarrowLine word="State">{rightsStates[row.state]}</NarrowLine>
        {row.clock && (
          <NarrowLine word="Clock">
            <ClockMark clock={row.clock} />
          </NarrowLine>
        )}
      </>
    ),
  },
  {
    id: 'title',
    narrow: 'hidden',
    head: 'What',
    cell: ({ kind, title }) => (
      <>
        {kind}: <bdi>{title}</bdi>
      </>
    ),
  },
  { id: 'state', narrow: 'hidden', head: 'State', cell: ({ state }) => rightsStates[state] },
  {
    id: 'clock',
    narrow: 'hidden',
    head: 'Clock',
    cell: ({ clock }) => clock && <ClockMark clock={clock} />,
  },
  { id: 'ratio', narrow: 'hidden', head: 'Brings', quiet: true, cell: ({ ratio }) => ratio },
  {
    id: 'at',
    narrow: 'hidden',
    head: 'Happened',
    align: 'end',
    quiet: true,
    cell: ({ at }) => <Time instant={at} style="minute" />,
  },
];

/** Forks, airdrops and the like, and how far what they bring has got to clients (MiCA Art 75(4)). */
export function RightsScreen({ view, isFirst }: { view: RightsListView; isFirst: boolean }) {
  return (
    <RegisterScreen
      title="Rights events"
      view={view}
      isFirst={isFirst}
      isOverdue={({ clock }) => clock?.state === 'overdue'}
      action={view.canWrite && <EventForm assets={view.assets} />}
      columns={columns}
      words={{
        path: '/clients/rights',
        one: 'event',
        ended: 'Ended',
        noneOpen:
          'No event is open. Record a fork or an airdrop as soon as it is known: clients are entitled to what it brings.',
        noneEnded: 'None has ended yet.',
        none: 'Nothing waits to be handed out.',
        earlier: 'Events that ended earlier.',
      }}
    />
  );
}

function EventForm({ assets }: { assets: readonly string[] }) {
  return (
    <ActDialog
      act={recordRightsEventAction}
      label="Record an event"
      title="A fork, an airdrop or the like"
      tone="primary"
      goTo="/clients/rights"
    >
      <SelectField
        label="Kind"
        name="kind"
        placeholder="Choose the kind"
        options={optionsOf(eventKinds)}
      />
      <TextField label="What it is called" name="title" maxLength={200} />
      <SelectField
        label="Asset that gives the right"
        name="asset"
        options={assets.map((code) => ({ value: code, label: code }))}
      />
      <TextField label="Happened at" name="at" type="datetime-local" step="1" hint="UTC" />
      <TextField
        label="Block"
        name="block"
        look="mono"
        hint="Its number, where there is one."
        maxLength={18}
      />
      <TextField
        label="Brings"
        name="brings"
        look="mono"
        hint="Code, such as SOLX."
        maxLength={12}
      />
      <TextField
        label="Decimals of it"
        name="decimals"
        look="mono"
        defaultValue="9"
        maxLength={2}
      />
      <TextField
        label="How much it brings"
        name="numerator"
        look="mono"
        hint="The ratio is a fraction of two whole numbers: 1 for 2 is 1 here and 2 below."
        maxLength={27}
      />
      <TextField label="For how much" name="denominator" look="mono" maxLength={27} />
      <TextAreaField
        label="Where this comes from"
        name="source"
        hint="Such as the announcement and where it stands."
        rows={2}
        maxLength={200}
      />
    </ActDialog>
  );
}
