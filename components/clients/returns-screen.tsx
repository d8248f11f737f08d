import { recordReturnAction } from '#lib/clients/actions.ts';
import type { ReturnsView } from '#lib/clients/returns/list-returns.ts';
import type { ReturnView } from '#lib/clients/returns/return-view.ts';
import { returnStates } from '#lib/clients/returns/return.ts';
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

/** What is to be returned: an amount, or all there is. */
export function ReturnAmount({ amount, asset }: Pick<ReturnView, 'amount' | 'asset'>) {
  return amount === null ? (
    <>All {asset}</>
  ) : (
    <OperationAmount value={amount} asset={asset} look="plain" />
  );
}

const columns: readonly Column<ReturnView>[] = [
  {
    id: 'number',
    head: 'Return',
    cell: (row) => (
      <>
        <TextLink look="plain" href={`/clients/returns/${row.id}`}>
          <Code>{row.number}</Code>
        </TextLink>
        <NarrowLine word="State">{returnStates[row.state]}</NarrowLine>
        <NarrowLine word="Clock">
          <ClockMark clock={row.clock} />
        </NarrowLine>
        <NarrowLine word="Asked for">
          <ReturnAmount {...row} /> by {row.client}
        </NarrowLine>
      </>
    ),
  },
  { id: 'state', narrow: 'hidden', head: 'State', cell: ({ state }) => returnStates[state] },
  {
    id: 'clock',
    narrow: 'hidden',
    head: 'Clock',
    cell: ({ clock }) => <ClockMark clock={clock} />,
  },
  {
    id: 'client',
    narrow: 'hidden',
    head: 'Client',
    quiet: true,
    cell: ({ client }) => <TextLink href={`/clients/${client}`}>{client}</TextLink>,
  },
  {
    id: 'amount',
    narrow: 'hidden',
    head: 'Asked for',
    align: 'end',
    cell: (row) => <ReturnAmount {...row} />,
  },
];

/** Requests to return assets, each with its clock (MiCA Art 75(6)). */
export function ReturnsScreen({ view, isFirst }: { view: ReturnsView; isFirst: boolean }) {
  return (
    <RegisterScreen
      title="Returns"
      view={view}
      isFirst={isFirst}
      isOverdue={({ clock }) => clock.state === 'overdue'}
      action={view.canWrite && <ReturnForm view={view} />}
      columns={columns}
      words={{
        path: '/clients/returns',
        one: 'return',
        ended: 'Ended',
        noneOpen:
          'No return is open. Record a request as soon as a client asks for assets back: its clock runs from then.',
        noneEnded: 'None has ended yet.',
        none: 'Nobody waits for assets to be returned.',
        earlier: 'Returns that ended earlier.',
      }}
    />
  );
}

function ReturnForm({ view: { clients, assets } }: { view: ReturnsView }) {
  return (
    <ActDialog
      act={recordReturnAction}
      label="Record a request"
      title="A client wants assets back"
      tone="primary"
      goTo="/clients/returns"
    >
      <ClientField clients={clients} />
      <SelectField
        label="Asset"
        name="asset"
        options={assets.map((code) => ({ value: code, label: code }))}
      />
      <TextField
        label="Amount"
        name="amount"
        look="mono"
        hint="Leave it out for all there is."
        maxLength={80}
      />
      <TextField label="Asked for at" name="requestedAt" type="datetime-local" hint="UTC" />
      <TextField
        label="Due by the agreement"
        name="dueOn"
        type="date"
        hint="Leave it out where the agreement names no day: then the target of the house counts."
      />
      <TextAreaField
        label="What was asked for"
        name="subject"
        hint="In the client’s words. It can be corrected and erased later."
        rows={3}
        maxLength={4000}
      />
    </ActDialog>
  );
}
