import { recordLossAction } from '#lib/clients/actions.ts';
import type { LossesView } from '#lib/clients/losses/list-losses.ts';
import type { LossView } from '#lib/clients/losses/loss-view.ts';
import { lossStates } from '#lib/clients/losses/loss.ts';
import { OperationAmount } from '../operations/operation-amount.tsx';
import { SelectField, TextAreaField, TextField } from '../ui/field.tsx';
import { Code } from '../ui/grouped.tsx';
import { NarrowLine } from '../ui/narrow-line.tsx';
import type { Column } from '../ui/table.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { ActDialog } from './act-dialog.tsx';
import { ClientField } from './client-field.tsx';
import { ClockMark } from './clock-mark.tsx';
import { RegisterScreen } from './register-sections.tsx';

const standing = ({ state, verdict }: LossView): string =>
  state === 'settled' && verdict ? `Closed: ${verdict.words.toLowerCase()}` : lossStates[state];

const columns: readonly Column<LossView>[] = [
  {
    id: 'number',
    head: 'Loss',
    cell: (row) => (
      <>
        <TextLink look="plain" href={`/clients/losses/${row.id}`}>
          <Code>{row.number}</Code>
        </TextLink>
        <NarrowLine word="State">{standing(row)}</NarrowLine>
        <NarrowLine word="Clock">
          <ClockMark clock={row.clock} />
        </NarrowLine>
        <NarrowLine word="Lost">
          <OperationAmount value={row.amount} asset={row.asset} look="plain" />
        </NarrowLine>
        <NarrowLine word="Value then">
          <OperationAmount value={row.value} asset="EUR" look="plain" />
        </NarrowLine>
      </>
    ),
  },
  { id: 'state', narrow: 'hidden', head: 'State', cell: standing },
  {
    id: 'clock',
    narrow: 'hidden',
    head: 'Clock',
    cell: ({ clock }) => <ClockMark clock={clock} />,
  },
  {
    id: 'client',
    narrow: 'hidden',
    head: 'Of',
    quiet: true,
    cell: ({ client }) =>
      client === null ? 'All holders' : <TextLink href={`/clients/${client}`}>{client}</TextLink>,
  },
  {
    id: 'amount',
    narrow: 'hidden',
    head: 'Lost',
    align: 'end',
    cell: ({ amount, asset }) => <OperationAmount value={amount} asset={asset} look="plain" />,
  },
  {
    id: 'value',
    narrow: 'hidden',
    head: 'Value then',
    align: 'end',
    cell: ({ value }) => <OperationAmount value={value} asset="EUR" look="plain" />,
  },
];

/** Losses of clients' assets, each with its value at the time (MiCA Art 75(8)). */
export function LossesScreen({ view, isFirst }: { view: LossesView; isFirst: boolean }) {
  return (
    <RegisterScreen
      title="Losses"
      view={view}
      isFirst={isFirst}
      isOverdue={({ clock }) => clock.state === 'overdue'}
      action={view.canWrite && <LossForm view={view} />}
      columns={columns}
      words={{
        path: '/clients/losses',
        one: 'loss',
        many: 'losses',
        ended: 'Closed',
        noneOpen:
          'No loss is open. Record one as soon as it is known: what counts is the value at the time it happened.',
        noneEnded: 'None has been closed yet.',
        none: 'No loss waits for a decision or a payment.',
        earlier: 'Losses that were closed earlier.',
      }}
    />
  );
}

function LossForm({ view: { clients, assets } }: { view: LossesView }) {
  return (
    <ActDialog
      act={recordLossAction}
      label="Record a loss"
      title="Assets of clients were lost"
      tone="primary"
      goTo="/clients/losses"
    >
      <ClientField clients={clients} none="Everybody who held it, in proportion" />
      <SelectField
        label="Asset"
        name="asset"
        options={assets.map((code) => ({ value: code, label: code }))}
      />
      <TextField label="Amount lost" name="amount" look="mono" maxLength={80} />
      <TextField label="Happened at" name="occurredAt" type="datetime-local" step="1" hint="UTC" />
      <TextField
        label="Incident"
        name="incident"
        look="mono"
        hint="Its number. A loss that turns out attributable needs one."
        maxLength={20}
      />
      <TextField
        label="Price of one coin"
        name="price"
        look="mono"
        unit="EUR"
        hint="At the time of the loss, at most 8 decimals."
        maxLength={80}
      />
      <TextField label="Price of" name="priceAt" type="datetime-local" step="1" hint="UTC" />
      <TextField
        label="Source of the price"
        name="source"
        hint="Such as the venues it is the mean of."
        maxLength={200}
      />
      <TextAreaField label="What happened" name="subject" rows={3} maxLength={4000} />
    </ActDialog>
  );
}
