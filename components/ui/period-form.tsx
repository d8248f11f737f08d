import Form from 'next/form';
import { Button } from './button.tsx';
import { TextField } from './field.tsx';
import { TextLink } from './text-link.tsx';

/** Days, both inclusive, as 2026-11-29. */
type Period = { from: string; until: string };

const addressOf = (path: string, period: Period): string =>
  `${path}?${new URLSearchParams(period).toString()}`;

/** Which days figures are of. An ordinary form: its answer is the address of the page. */
export function PeriodForm({
  path,
  period,
  offered,
}: {
  /** Of the page that shows the figures. */
  path: string;
  period: Period;
  offered: readonly { label: string; period: Period }[];
}) {
  return (
    <search className="screen-only mb-6 block">
      <Form
        key={addressOf(path, period)}
        action={path}
        className="flex flex-wrap items-end gap-x-4 gap-y-3"
      >
        <TextField label="From" name="from" type="date" defaultValue={period.from} />
        <TextField label="Until" name="until" type="date" defaultValue={period.until} />
        <Button type="submit">Show</Button>
        <ul className="flex flex-wrap gap-x-4">
          {offered.map((one) => (
            <li key={one.label} className="flex min-h-9 items-center">
              <TextLink
                href={addressOf(path, one.period)}
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
