import type { ReactNode } from 'react';
import type { Results } from '#lib/resilience/records/view-results.ts';
import type { Kind } from '#lib/resilience/records/kinds.ts';
import { Notice } from '../ui/notice.tsx';
import { SectionHeading } from '../ui/page-header.tsx';
import { Figures, type Figure } from '../ui/panel.tsx';
import { PeriodForm } from '../ui/period-form.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { formatDay } from '../ui/format.ts';
import { resiliencePath } from './kind-address.ts';
import { listAddress, type ListAsked } from './list-query.ts';

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
        Tests and findings, {formatDay(period.from)} to {formatDay(period.until)}
      </SectionHeading>
      <PeriodForm path={resiliencePath} period={period} offered={offered} />
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
