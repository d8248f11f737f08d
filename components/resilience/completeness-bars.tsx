import { shareOf, type Completeness } from '#lib/resilience/completeness.ts';
import type { Kind } from '#lib/resilience/records/kinds.ts';
import { Table } from '../ui/table.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { listPath } from './kind-address.ts';

/** Where the rows of a template are kept. */
export const kindOf = (template: string): Kind => {
  if (template.startsWith('B_01') || template.startsWith('B_99')) return 'entity';
  if (template === 'B_05.01') return 'provider';
  return template === 'B_06.01' ? 'function' : 'contract';
};

/** Whole percent, rounded down, so that 100 means that nothing is missing. */
const percent = (one: Pick<Completeness, 'asked' | 'filled'>): number =>
  Math.floor(shareOf(one) * 100);

/** Of the whole register. */
export const wholeShare = (completeness: readonly Completeness[]): number =>
  percent({
    asked: completeness.reduce((sum, { asked }) => sum + asked, 0),
    filled: completeness.reduce((sum, { filled }) => sum + filled, 0),
  });

/** How complete each template is: a bar, its numbers, and the way to the records behind it. */
export function CompletenessBars({ completeness }: { completeness: readonly Completeness[] }) {
  return (
    <Table
      label="Completeness of each template"
      density="dense"
      columns={[
        {
          id: 'template',
          head: 'Template',
          cell: ({ template, name }: Completeness) => (
            <TextLink look="plain" href={listPath(kindOf(template))} className="block py-1.5">
              <span className="figures-mono">{template}</span>
              <span className="block max-w-[26rem] text-sm whitespace-normal text-text-quiet">
                {name}
              </span>
            </TextLink>
          ),
        },
        {
          id: 'bar',
          head: 'Filled',
          cell: (one) =>
            one.asked === 0 ? (
              <span className="text-text-quiet">Nothing is asked</span>
            ) : (
              <span className="flex min-w-40 items-center gap-3">
                <svg
                  viewBox="0 0 100 8"
                  preserveAspectRatio="none"
                  aria-hidden="true"
                  className="h-2 min-w-24 flex-1"
                >
                  <rect width="100" height="8" className="fill-line" />
                  <rect
                    width={percent(one)}
                    height="8"
                    className={percent(one) === 100 ? 'fill-good' : 'fill-caution'}
                  />
                </svg>
                <span className="w-12 text-end tabular-nums">{percent(one)} %</span>
              </span>
            ),
        },
        {
          id: 'cells',
          head: 'Cells',
          narrow: 'hidden',
          align: 'end',
          cell: ({ filled, asked }) =>
            `${filled.toLocaleString('en')} of ${asked.toLocaleString('en')}`,
        },
        {
          id: 'rows',
          head: 'Rows',
          narrow: 'hidden',
          align: 'end',
          cell: ({ rows }) => rows.toLocaleString('en'),
        },
        {
          id: 'missing',
          head: 'Rows missing',
          narrow: 'hidden',
          align: 'end',
          cell: ({ missingRows }) =>
            missingRows === 0 ? 'None' : missingRows.toLocaleString('en'),
        },
      ]}
      rows={completeness}
      rowKey={({ template }) => template}
      mark={(one) => (percent(one) < 100 ? 'caution' : null)}
    />
  );
}
