import Form from 'next/form';
import type { Result } from '#lib/platform/result.ts';
import type { Completeness } from '#lib/resilience/completeness.ts';
import type { Submission } from '#lib/resilience/records/list-submissions.ts';
import type { RegisterCheck } from '#lib/resilience/records/view-register-check.ts';
import type { Finding } from '#lib/resilience/roi/finding.ts';
import { countOf } from '../operations/counts.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { formatDay } from '../ui/format.ts';
import { TextField } from '../ui/field.tsx';
import { LinkButton } from '../ui/link-button.tsx';
import { Notice } from '../ui/notice.tsx';
import { PageHeader, SectionHeading } from '../ui/page-header.tsx';
import { StatusMark } from '../ui/status-mark.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { CompletenessBars, kindOf, wholeShare } from './completeness-bars.tsx';
import { ImportRegister } from './import-register.tsx';
import { listPath, newPath, resiliencePath } from './kind-address.ts';
import { RegisterSubmissions } from './register-submissions.tsx';
import { ResilienceTabs } from './resilience-tabs.tsx';

export type RegisterScreenProps = {
  completeness: readonly Completeness[];
  /** Null until somebody asks for it. */
  check: Result<RegisterCheck> | null;
  /** Newest first. */
  submissions: readonly Submission[];
  /** yyyy-mm-dd. */
  today: string;
  /** The day that stands in the forms, yyyy-mm-dd. */
  date: string;
  canWrite: boolean;
};

/** The register of information: how complete it is, what a check finds, the file that is filed, and taking one over. */
export function RegisterScreen({
  completeness,
  check,
  submissions,
  today,
  date,
  canWrite,
}: RegisterScreenProps) {
  const isEmpty = completeness.every(({ rows }) => rows === 0);
  return (
    <>
      <PageHeader
        title="Register of information"
        state={
          isEmpty
            ? 'Nothing is on record that the register would hold.'
            : `${wholeShare(completeness)} % of what is asked is filled.`
        }
        action={<LinkButton href={listPath('entity')}>The entity that keeps it</LinkButton>}
        crumbs={[{ label: 'Resilience', href: resiliencePath }, { label: 'Register' }]}
      />
      <ResilienceTabs current="/resilience/register" />
      <div className="space-y-10">
        {isEmpty ? (
          <EmptyState
            title="The register is empty."
            action={
              canWrite && (
                <LinkButton tone="primary" href={newPath('entity')}>
                  Record the entity
                </LinkButton>
              )
            }
          >
            Record the entity first, then functions, providers and contracts. Or take over a
            register that you have, below.
          </EmptyState>
        ) : (
          <>
            <section aria-label="Check and export" className="screen-only">
              <SectionHeading>Check it, and save the file that is filed</SectionHeading>
              <div className="grid gap-6 wide:grid-cols-2">
                <Form action="/resilience/register" className="flex flex-wrap items-end gap-3">
                  <TextField
                    label="Check as filed for"
                    name="check"
                    type="date"
                    defaultValue={date}
                    required
                  />
                  <Button type="submit">Check it</Button>
                </Form>
                <form
                  action="/api/resilience/register"
                  method="get"
                  className="flex flex-wrap items-end gap-3"
                >
                  <TextField
                    label="Save as filed for"
                    name="date"
                    type="date"
                    defaultValue={date}
                    required
                  />
                  <Button type="submit" tone="primary">
                    Save the package
                  </Button>
                </form>
              </div>
              <p className="mt-2 prose-line text-sm text-text-quiet">
                Plain CSV in a zip, all fifteen templates, module 4.0 of the framework. Each save is
                in the audit trail, and is no submission.
              </p>
            </section>
            {check && <CheckResult check={check} />}
            <RegisterSubmissions
              submissions={submissions}
              date={date}
              today={today}
              canWrite={canWrite}
            />
            <section aria-label="Completeness">
              <SectionHeading>What is asked and filled, template by template</SectionHeading>
              <CompletenessBars completeness={completeness} />
            </section>
          </>
        )}
        {canWrite && (
          <section aria-label="Take over a register" className="screen-only">
            <SectionHeading>Take over a register</SectionHeading>
            <ImportRegister />
          </section>
        )}
      </div>
      <p className="mt-8 text-sm text-text-quiet">
        DORA, Art 28(3); Implementing Regulation 2024/2956. Submitted each year, kept current
        always.
      </p>
    </>
  );
}

/** A place in the register, with the records that its rows are made of. */
function Where({ template, children }: { template: string | null; children: string }) {
  const place = <span className="figures-mono">{children}</span>;
  return template !== null && /^B_\d\d\.\d\d$/.test(template) ? (
    <TextLink look="plain" href={listPath(kindOf(template))}>
      {place}
    </TextLink>
  ) : (
    place
  );
}

const columns: readonly Column<Finding>[] = [
  {
    id: 'where',
    head: 'Where',
    cell: ({ template, row, column }) => (
      <Where template={template}>
        {[template ?? 'Package', row === null ? null : `row ${row}`, column]
          .filter((one) => one !== null)
          .join(', ')}
      </Where>
    ),
  },
  {
    id: 'severity',
    head: 'Weight',
    cell: ({ severity }) =>
      severity === 'blocking' ? (
        <StatusMark shape="triangle" tone="danger">
          Blocking
        </StatusMark>
      ) : (
        <StatusMark shape="ring" tone="caution">
          Warning
        </StatusMark>
      ),
  },
  { id: 'what', head: 'What is wrong', wrap: true, cell: ({ sentence }) => sentence },
  { id: 'rule', head: 'Rule', quiet: true, cell: ({ rule }) => rule },
];

function CheckResult({ check }: { check: Result<RegisterCheck> }) {
  if (!check.ok)
    return (
      <Notice tone="caution" title="Not checked.">
        {check.refusal.sentence}
      </Notice>
    );
  const { findings, blocking, warnings, rows, date } = check.value;
  return (
    <section aria-label="What the check found" className="space-y-3">
      <SectionHeading>What the check found, filed for {formatDay(date)}</SectionHeading>
      {blocking > 0 ? (
        <Notice tone="danger" title={`${countOf(blocking, 'finding')} would have it refused.`}>
          Mend these first, in the records behind each row.
        </Notice>
      ) : warnings > 0 ? (
        <Notice title="Nothing would have it refused.">
          {countOf(warnings, 'warning')}: an authority may ask about{' '}
          {warnings === 1 ? 'it' : 'them'}.
        </Notice>
      ) : (
        <Notice tone="good" title="The check finds nothing.">
          {countOf(rows, 'row')} in fifteen templates.
        </Notice>
      )}
      {findings.length > 0 && (
        <Table
          label="Findings of the check"
          columns={columns}
          rows={findings}
          rowKey={({ template, row, column, rule, sentence }) =>
            [template, row, column, rule, sentence].join(' ')
          }
          foot={`${countOf(rows, 'row')} checked${findings.length < blocking + warnings ? `; the first ${findings.length} findings of ${blocking + warnings}` : ''}`}
        />
      )}
    </section>
  );
}
