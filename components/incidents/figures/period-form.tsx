import Form from 'next/form';
import type { IncidentFigures } from '#lib/incidents/figures/view-figures.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { TextLink } from '../../ui/text-link.tsx';
import { figuresAddress, figuresPath } from './figures-address.ts';

/** Which days the figures are of. An ordinary form: its answer is the address of the page. */
export function PeriodForm({ period, offered }: Pick<IncidentFigures, 'period' | 'offered'>) {
  return (
    <search className="screen-only mb-6 block">
      <Form
        key={figuresAddress(period)}
        action={figuresPath}
        className="flex flex-wrap items-end gap-x-4 gap-y-3"
      >
        <TextField label="From" name="from" type="date" defaultValue={period.from} />
        <TextField label="Until" name="until" type="date" defaultValue={period.until} />
        <Button type="submit">Show</Button>
        <ul className="flex flex-wrap gap-x-4">
          {offered.map((one) => (
            <li key={one.label} className="flex min-h-9 items-center">
              <TextLink
                href={figuresAddress(one.period)}
                aria-current={
                  one.period.from === period.from && one.period.until === period.until
                    ? 'true'
                    : undefined
                }
              >
                {one.label}
              </TextLink>
            </li>
          ))}
        </ul>
      </Form>
    </search>
  );
}
