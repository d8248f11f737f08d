import Form from 'next/form';
import { journalKinds } from '#lib/ledger/journal-kinds.ts';
import type { LedgerAccountView } from '#lib/operations/view-ledger-account.ts';
import { SelectField, TextField } from '../ui/field.tsx';
import { FilterButtons } from '../ui/filter-buttons.tsx';
import { accountPath, journalKind } from './ledger-words.ts';

const any = { value: '', label: 'Any' };

/** Which movements are shown. An ordinary form: its answer is the address of the page. */
export function MovementFilterForm({
  view: { account, asset, asked },
}: {
  view: Pick<LedgerAccountView, 'account' | 'asset' | 'asked'>;
}) {
  const path = accountPath(account);
  const isAsked = Object.keys(asked).length > 0;
  return (
    <search className="screen-only mb-4 block">
      <details open={isAsked} className="group rounded-md border border-line bg-surface px-4 py-3">
        <summary className="flex min-h-6 items-center gap-2 font-medium">
          <svg
            width="10"
            height="10"
            viewBox="0 0 10 10"
            aria-hidden="true"
            className="shrink-0 text-accent transition-transform group-open:rotate-90"
          >
            <path d="m3 1 4 4-4 4" fill="none" stroke="currentColor" strokeWidth="1.5" />
          </svg>
          Filter and sort
        </summary>
        <Form
          key={JSON.stringify(asked)}
          action={path}
          className="mt-3 grid grid-cols-1 items-end gap-x-4 gap-y-3 medium:grid-cols-2 wide:grid-cols-4"
        >
          <TextField label="From day (UTC)" name="from" type="date" defaultValue={asked.from} />
          <TextField label="To day (UTC)" name="to" type="date" defaultValue={asked.to} />
          <SelectField
            label="What"
            name="kind"
            defaultValue={asked.kind ?? ''}
            options={[any, ...journalKinds.map((value) => ({ value, label: journalKind(value) }))]}
          />
          <SelectField
            label="Direction"
            name="way"
            defaultValue={asked.way ?? ''}
            options={[any, { value: 'in', label: 'In' }, { value: 'out', label: 'Out' }]}
          />
          <TextField
            label="Smallest amount"
            name="least"
            look="mono"
            unit={asset}
            maxLength={80}
            inputMode="decimal"
            defaultValue={asked.least}
          />
          <TextField
            label="Largest amount"
            name="most"
            look="mono"
            unit={asset}
            maxLength={80}
            inputMode="decimal"
            defaultValue={asked.most}
          />
          <TextField
            label="Account on the other side"
            name="other"
            maxLength={100}
            placeholder="C-20418 or vault/warm-1"
            defaultValue={asked.other}
          />
          <TextField
            label="Booked for"
            name="find"
            maxLength={120}
            placeholder="Operation, transaction or reference"
            defaultValue={asked.find}
          />
          <SelectField
            label="Order"
            name="order"
            defaultValue={asked.order ?? 'newest'}
            options={[
              { value: 'newest', label: 'Newest first' },
              { value: 'oldest', label: 'Oldest first' },
            ]}
          />
          <FilterButtons isAsked={isAsked} all={path} />
        </Form>
      </details>
    </search>
  );
}
