import { recordCostAction } from '#lib/incidents/report-actions.ts';
import { COST_KINDS, NOT_COSTS } from '#lib/incidents/report/yearly-costs.ts';
import { amountText } from '#lib/incidents/report/figures.ts';
import type { CostLineView, ReportsView } from '#lib/incidents/reports/list-reports.ts';
import { ActDialog } from '../../clients/act-dialog.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { SectionHeading } from '../../ui/page-header.tsx';
import { Panel, PanelRow } from '../../ui/panel.tsx';
import { TextLink } from '../../ui/text-link.tsx';
import { Time } from '../../ui/time.tsx';
import { money } from './year-screen.tsx';

/** Costs of the incident by accounting year and kind, of which fields 4.13 and 4.14 are made. */
export function CostsPanel({ view }: { view: ReportsView }) {
  const { costs, incident, canTell, serverNow } = view;
  const sum = (pick: 'gross' | 'recoveries') =>
    costs.lines.reduce((total, line) => total + line[pick], 0n);
  const fixed = { id: incident.id };
  return (
    <section>
      <SectionHeading
        action={
          canTell && (
            <CostDialog
              label="Book a cost"
              fixed={fixed}
              year={serverNow.slice(0, 4)}
              line={null}
            />
          )
        }
      >
        Costs and losses
      </SectionHeading>
      <Panel label="Costs and losses">
        {costs.lines.length === 0 ? (
          <PanelRow>None are booked.</PanelRow>
        ) : (
          <PanelRow
            title={`${costs.currency} ${money(sum('gross'))} gross, ${money(sum('recoveries'))} recovered`}
          >
            In the yearly estimate:{' '}
            {[...new Set(costs.lines.map(({ year }) => year))].map((year) => (
              <TextLink key={year} href={`/incidents/costs?year=${year}`} className="me-2">
                {year}
              </TextLink>
            ))}
          </PanelRow>
        )}
        {costs.lines.map((line) => (
          <PanelRow
            key={line.seq}
            title={`${line.year}: ${COST_KINDS[line.category]}`}
            aside={
              <span className="tabular-nums">
                {money(line.gross)}
                {line.recoveries !== 0n && ` (recovered ${money(line.recoveries)})`}
              </span>
            }
          >
            <div className="flex flex-wrap items-center justify-between gap-2">
              <span>
                <bdi>{line.by}</bdi>, <Time instant={line.at} style="minute" />
                {line.corrects !== null && ', corrects an earlier line'}
              </span>
              {canTell && (
                <CostDialog
                  label="Correct"
                  fixed={{ ...fixed, corrects: String(line.seq) }}
                  year={String(line.year)}
                  line={line}
                />
              )}
            </div>
          </PanelRow>
        ))}
      </Panel>
    </section>
  );
}

const CostDialog = ({
  label,
  fixed,
  year,
  line,
}: {
  label: string;
  fixed: Readonly<Record<string, string>>;
  year: string;
  line: CostLineView | null;
}) => (
  <ActDialog
    act={recordCostAction}
    label={label}
    size="small"
    title={line === null ? 'Costs of an accounting year' : 'Put another line in its place'}
    fixed={fixed}
  >
    <p className="text-sm text-text-quiet">
      {line === null
        ? `Not counted: ${NOT_COSTS.join(', ')}.`
        : 'The line as it was stays on record. Amounts of 0 take it out.'}
    </p>
    <TextField
      label="Accounting year"
      name="year"
      look="mono"
      hint="The year in which it begins."
      defaultValue={year}
      maxLength={4}
    />
    <SelectField
      label="What for"
      name="category"
      {...(line === null ? { placeholder: 'Choose the kind' } : { defaultValue: line.category })}
      options={Object.entries(COST_KINDS).map(([value, words]) => ({
        value,
        label: `(${value}) ${words}`,
      }))}
    />
    <TextField
      label="Gross costs and losses"
      name="gross"
      look="mono"
      inputMode="decimal"
      hint="Before recoveries, such as 1250.50."
      {...(line === null ? {} : { defaultValue: amountText(line.gross) })}
      maxLength={20}
    />
    <TextField
      label="Recoveries"
      name="recoveries"
      look="mono"
      inputMode="decimal"
      hint="From insurance and others; empty where none."
      {...(line === null ? {} : { defaultValue: amountText(line.recoveries) })}
      maxLength={20}
    />
  </ActDialog>
);
