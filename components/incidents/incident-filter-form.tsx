import Form from 'next/form';
import { sorts, standings, type IncidentFilter } from '#lib/incidents/desk/incident-filter.ts';
import { classes, rootCauses, severities, sources } from '#lib/incidents/desk/life.ts';
import { optionsOf } from '../clients/complaint-form.tsx';
import { Button } from '../ui/button.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import { LinkButton } from '../ui/link-button.tsx';
import { incidentsAddress, incidentsPath } from './incidents-address.ts';

/** What a figure asked for that counts time limits: it stays while the rest is chosen anew. */
const carried = ['limit', 'dueFrom', 'dueUntil', 'timing'] as const;
const any = { value: '', label: 'Any' };

/** Which incidents are shown. An ordinary form: its answer is the address of the page. */
export function IncidentFilterForm({ filter }: { filter: IncidentFilter }) {
  const address = incidentsAddress(filter, null);
  return (
    <search className="screen-only mb-4 block">
      <Form
        key={address}
        action={incidentsPath}
        className="grid grid-cols-2 items-end gap-x-4 gap-y-3 wide:grid-cols-3 full:grid-cols-5"
      >
        <SelectField
          label="Standing"
          name="standing"
          defaultValue={filter.standing}
          options={optionsOf(standings)}
        />
        <SelectField
          label="Class"
          name="class"
          defaultValue={filter.class ?? ''}
          options={[any, ...optionsOf(classes)]}
        />
        <SelectField
          label="Severity"
          name="severity"
          defaultValue={filter.severity === null ? '' : String(filter.severity)}
          options={[
            any,
            ...Object.entries(severities).map(([value, words]) => ({
              value,
              label: `${value} · ${words.split(':')[0] ?? ''}`,
            })),
          ]}
        />
        <SelectField
          label="What"
          name="sort"
          defaultValue={filter.sort ?? ''}
          options={[any, ...optionsOf(sorts)]}
        />
        <SelectField
          label="Came from"
          name="source"
          defaultValue={filter.source ?? ''}
          options={[any, ...optionsOf(sources)]}
        />
        <SelectField
          label="Root cause"
          name="cause"
          defaultValue={filter.cause ?? ''}
          options={[any, ...optionsOf(rootCauses), { value: 'unknown', label: 'Not known yet' }]}
        />
        <TextField label="Noticed from" name="from" type="date" defaultValue={filter.from ?? ''} />
        <TextField
          label="Noticed until"
          name="until"
          type="date"
          defaultValue={filter.until ?? ''}
        />
        {carried.map((name) => {
          const value = filter[name];
          return value === null ? null : (
            <input key={name} type="hidden" name={name} value={String(value)} />
          );
        })}
        <div className="flex flex-wrap gap-2">
          <Button type="submit">Show</Button>
          {address !== incidentsPath && (
            <LinkButton tone="quiet" href={incidentsPath}>
              Show what is open
            </LinkButton>
          )}
        </div>
      </Form>
    </search>
  );
}
