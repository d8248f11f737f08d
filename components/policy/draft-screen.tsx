import type { DraftView } from '#lib/operations/policy/view-draft.ts';
import { Notice } from '../ui/notice.tsx';
import { PageHeader, SectionHeading } from '../ui/page-header.tsx';
import { RecordColumns } from '../ui/panel.tsx';
import { Time } from '../ui/time.tsx';
import { ChangesList } from './changes-list.tsx';
import { DraftEditor } from './editor/draft-editor.tsx';
import { PolicyFacts } from './policy-facts.tsx';
import { ReportBars, ReportEffect } from './report-facts.tsx';
import { RulesList } from './rules-list.tsx';
import { TryDraft } from './try/try-draft.tsx';

/** A draft: its editor for those who may change it, its content for those who may read it. */
export function DraftScreen({ draft, me }: { draft: DraftView; me: string }) {
  return (
    <>
      <PageHeader
        crumbs={[{ label: 'Policy', href: '/policy' }, { label: 'Draft' }]}
        title={<bdi>{draft.name}</bdi>}
        state={
          <>
            Draft over version {draft.baseVersion}, begun by <bdi>{draft.createdBy.name}</bdi> on{' '}
            <Time instant={draft.createdAt} style="day" />. Nothing in it counts before it is
            raised.
          </>
        }
      />
      {draft.canChange ? <DraftEditor draft={draft} me={me} /> : <DraftReading draft={draft} />}
    </>
  );
}

function DraftReading({ draft }: { draft: DraftView }) {
  const { report, policy } = draft;
  return (
    <RecordColumns
      facts={
        <>
          {draft.isDiscarded && (
            <div className="mb-6">
              <Notice tone="caution" title="Discarded.">
                Nobody goes on with this draft. It stays readable here.
              </Notice>
            </div>
          )}
          <SectionHeading>Rules, in the order in which they are asked</SectionHeading>
          <RulesList rules={policy.rules} />
          <section className="mt-8">
            <SectionHeading>Bounds that hold whatever the rules say</SectionHeading>
            <PolicyFacts policy={policy} />
          </section>
          {!draft.isDiscarded && <TryDraft draft={draft.id} offered={draft.offered} />}
        </>
      }
      aside={
        <>
          {report.problems.length > 0 && (
            <section>
              <SectionHeading>To mend</SectionHeading>
              <ul className="space-y-2">
                {report.problems.map(({ rule, sentence }) => (
                  <li key={`${rule} ${sentence}`}>{sentence}</li>
                ))}
              </ul>
            </section>
          )}
          <ReportBars report={report} />
          <ReportEffect report={report} />
          <section>
            <SectionHeading>Differences to version {report.against}</SectionHeading>
            <ChangesList changes={report.changes} />
          </section>
        </>
      }
    />
  );
}
