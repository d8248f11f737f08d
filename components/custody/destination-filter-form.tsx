import Form from 'next/form';
import type { DestinationBook } from '#lib/operations/list-destination-book.ts';
import type { DestinationFilter, StandingFilter } from '#lib/operations/destination-filter.ts';
import { chainName } from '../operations/address-fact.tsx';
import { Button } from '../ui/button.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import { LinkButton } from '../ui/link-button.tsx';
import { Notice } from '../ui/notice.tsx';
import { classWords } from './destination-words.ts';
import { isFiltered } from './filter-address.ts';

const standings: readonly { value: '' | StandingFilter; label: string }[] = [
  { value: '', label: 'On the list or proposed' },
  { value: 'usable', label: 'Usable now' },
  { value: 'cooling', label: 'Cooling down' },
  { value: 'due', label: 'To certify again: ended, or within 30 days' },
  { value: 'expired', label: 'Expired' },
  { value: 'proposed', label: 'Proposed' },
  { value: 'removed', label: 'Removed' },
  { value: 'all', label: 'All, removed ones too' },
];

/** What of the book is shown. An ordinary form: its answer is the address of the page. */
export function DestinationFilterForm({
  filter,
  assets,
  fault,
}: {
  filter: DestinationFilter;
  assets: DestinationBook['assets'];
  fault: string | null;
}) {
  const asset = filter.asset === null ? '' : `${filter.asset} ${filter.chain}`;
  return (
    <search className="screen-only mb-6 block">
      <Form
        action="/destinations"
        className="grid grid-cols-2 items-end gap-x-4 gap-y-3 wide:grid-cols-3"
      >
        {/* Each field is drawn anew when the page's address says something else; the button keeps the focus. */}
        <TextField
          key={`client ${filter.client}`}
          label="Client"
          name="client"
          maxLength={12}
          placeholder="C-20418"
          defaultValue={filter.client ?? ''}
        />
        <SelectField
          key={`class ${filter.class}`}
          label="Class"
          name="class"
          defaultValue={filter.class ?? ''}
          options={[
            { value: '', label: 'Any' },
            ...Object.entries(classWords).map(([value, label]) => ({ value, label })),
          ]}
        />
        <div className="col-span-2 wide:col-span-1">
          <TextField
            key={`address ${filter.address}`}
            label="Address or part of it"
            name="address"
            look="mono"
            maxLength={128}
            defaultValue={filter.address ?? ''}
          />
        </div>
        <SelectField
          key={`asset ${asset}`}
          label="Asset and network"
          name="asset"
          defaultValue={asset}
          options={[
            { value: '', label: 'Any' },
            ...assets.map((one) => ({
              value: `${one.asset} ${one.chain}`,
              label: `${one.asset} on ${chainName(one.chain)}`,
            })),
          ]}
        />
        <SelectField
          key={`standing ${filter.standing}`}
          label="Standing"
          name="standing"
          defaultValue={filter.standing ?? ''}
          options={standings}
        />
        <div className="flex flex-wrap gap-2">
          <Button type="submit">Show</Button>
          {isFiltered(filter) && (
            <LinkButton tone="quiet" href="/destinations">
              Show the whole list
            </LinkButton>
          )}
        </div>
      </Form>
      {fault !== null && (
        <div className="mt-3">
          <Notice tone="danger" title="Not looked for." announce="polite">
            {fault}
          </Notice>
        </div>
      )}
    </search>
  );
}
