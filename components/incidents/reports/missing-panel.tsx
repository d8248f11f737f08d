import { fieldOf } from '#lib/incidents/report/fields.ts';
import type { Finding } from '#lib/incidents/report/finding.ts';
import type { ReportView } from '#lib/incidents/reports/view-report.ts';
import { SectionHeading } from '../../ui/page-header.tsx';
import { Panel, PanelRow } from '../../ui/panel.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { fieldId } from './report-words.ts';

/** What keeps the report from being sent, each line with the way to its field. */
export function MissingPanel({ view, hasFields }: { view: ReportView; hasFields: boolean }) {
  const { findings, share } = view;
  const blocking = findings.filter(({ severity }) => severity === 'blocking');
  const warnings = findings.filter(({ severity }) => severity === 'warning');
  const { mandatory, conditional } = share;
  return (
    <section>
      <SectionHeading>What is still missing</SectionHeading>
      <Panel label="What is still missing">
        <PanelRow title={`${mandatory.filled} of ${mandatory.of} mandatory fields`}>
          <progress
            className="h-1.5 w-full accent-accent"
            max={mandatory.of}
            value={mandatory.filled}
            aria-label="Mandatory fields that are filled"
          />
          {conditional.of > 0 &&
            `${conditional.filled} of ${conditional.of} that are due by what it says.`}
        </PanelRow>
        {blocking.length > 0 && (
          <PanelRow
            title="In the way of sending"
            aside={
              <StatusMark shape="triangle" tone="caution">
                {blocking.length}
              </StatusMark>
            }
          >
            <FindingList findings={blocking} hasFields={hasFields} />
          </PanelRow>
        )}
        {warnings.length > 0 && (
          <PanelRow title="To be looked at" aside={String(warnings.length)}>
            <FindingList findings={warnings} hasFields={hasFields} />
          </PanelRow>
        )}
        {findings.length === 0 && <PanelRow>Nothing. It keeps every rule.</PanelRow>}
      </Panel>
    </section>
  );
}

const FindingList = ({
  findings,
  hasFields,
}: {
  findings: readonly Finding[];
  hasFields: boolean;
}) => (
  <ul className="space-y-1.5">
    {findings.map(({ field, rule, sentence, article }) => {
      const known = fieldOf(field);
      return (
        <li key={`${field} ${rule}`} title={article}>
          {known !== null && hasFields ? (
            <a
              className="rounded-sm text-accent underline decoration-line-strong underline-offset-3"
              href={`#${fieldId(field)}`}
            >
              {field} {known.label}
            </a>
          ) : (
            <span className="text-text">
              {field} {known?.label}
            </span>
          )}{' '}
          {sentence}
        </li>
      );
    })}
  </ul>
);
