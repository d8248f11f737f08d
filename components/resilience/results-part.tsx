import type { ReactNode } from 'react';
import Form from 'next/form';
import type { Results } from '#lib/resilience/records/view-results.ts';
import type { Kind } from '#lib/resilience/records/kinds.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { SectionHeading } from '../ui/page-header.tsx';
import { Figures, type Figure } from '../ui/panel.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { formatInstant } from '../ui/format.ts';
import { resiliencePath } from './kind-address.ts';
import { listAddress, type ListAsked } from './list-query.ts';

const day = (date: string): string => formatInstant(`${date}T00:00:00.000Z`, 'day');

/** What tests, drills and findings of a period came to: the address says which. */
export function ResultsPart({ results }: { results: Results }) {
  const { period, offered, refused } = results;
  const figure = (
    label: string,
    count: number,
    [kind, asks]: readonly [Kind, ListAsked],
    isBad = false,
    note: ReactNode = null,
  ): Figure => ({
    label,
    value: <TextLink href={listAddress(kind, { ...asks, ...period })}>{count}</TextLink>,
    ...(note === null ? {} : { note }),
    ...(isBad ? { note: 'target 0', noteTone: count === 0 ? 'quiet' : 'danger' } : {}),
  });
  return (
    <section aria-label="Results of a period">
      <SectionHeading>
        Tests and findings, {day(period.from)} to {day(period.until)}
      </SectionHeading>
      <search className="screen-only mb-4 block">
        <Form
          key={`${period.from} ${period.until}`}
          action={resiliencePath}
          className="flex flex-wrap items-end gap-x-4 gap-y-3"
        >
          <TextField label="From" name="from" type="date" defaultValue={period.from} />
          <TextField label="Until" name="until" type="date" defaultValue={period.until} />
          <Button type="submit">Show</Button>
          <ul className="flex flex-wrap gap-x-4">
            {offered.map((one) => (
              <li key={one.label} className="flex min-h-9 items-center">
                <TextLink href={`${resiliencePath}?${new URLSearchParams(one.period).toString()}`}>
                  {one.label}
                </TextLink>
              </li>
            ))}
          </ul>
        </Form>
      </search>
      {refused !== null && (
        <div className="mb-4">
          <Notice tone="caution" title="The last twelve months are shown.">
            {refused}
          </Notice>
        </div>
      )}
      <Figures
        figures={[
          figure('Tests done', results.tests, ['test', {}]),
          figure('Tests failed', results.testsFailed, ['test', { grade: 'failed' }], true),
          figure('Tests of plans held', results.planTests, ['plan-test', {}]),
          figure(
            'Passed in part',
            results.planTestsPartly,
            ['plan-test', { state: 'partly' }],
            true,
          ),
          figure(
            'Tests of plans failed',
            results.planTestsFailed,
            ['plan-test', { state: 'failed' }],
            true,
          ),
          figure(
            'Findings found',
            results.findings,
            ['finding', {}],
            false,
            <>
              <TextLink href={listAddress('finding', { state: 'validated,accepted', ...period })}>
                {results.findingsAtRest}
              </TextLink>{' '}
              validated or accepted since
            </>,
          ),
        ]}
      />
    </section>
  );
}
