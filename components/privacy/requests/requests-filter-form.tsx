import Form from 'next/form';
import { requestStates, rights } from '#lib/privacy/requests/life.ts';
import type { RequestFilter } from '#lib/privacy/requests/list-requests.ts';
import { standings } from '#lib/privacy/requests/standings.ts';
import { SelectField } from '../../ui/field.tsx';
import { Button } from '../../ui/button.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { optionsOf } from '../../clients/complaint-form.tsx';
import { requestsAddress, requestsPath } from './requests-address.ts';

const any = { value: '', label: 'Any' };

/** Which requests are shown. An ordinary form: its answer is the address of the page. */
export function RequestsFilterForm({ filter }: { filter: RequestFilter }) {
  const address = requestsAddress(filter, null);
  return (
    <search className="screen-only mb-4 block">
      <Form
        key={address}
        action={requestsPath}
        className="grid grid-cols-2 items-end gap-x-4 gap-y-3 wide:grid-cols-4"
      >
        <SelectField
          label="Standing"
          name="standing"
          defaultValue={filter.standing}
          options={optionsOf(standings)}
        />
        <SelectField
          label="Right"
          name="right"
          defaultValue={filter.right ?? ''}
          options={[
            any,
            ...Object.entries(rights).map(([value, { name }]) => ({ value, label: name })),
          ]}
        />
        <SelectField
          label="State"
          name="state"
          defaultValue={filter.state ?? ''}
          options={[any, ...optionsOf(requestStates)]}
        />
        <div className="flex flex-wrap gap-2">
          <Button type="submit">Show</Button>
          {address !== requestsPath && (
            <LinkButton tone="quiet" href={requestsPath}>
              Show what is open
            </LinkButton>
          )}
        </div>
      </Form>
    </search>
  );
}
