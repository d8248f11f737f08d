import { reachedWords } from '#lib/resilience/board/section.ts';
import { drillKinds } from '#lib/resilience/drills/kinds.ts';
import type { DrillView } from '#lib/resilience/drills/view-drill.ts';
import { SaveDocument } from '../../clients/save-document.tsx';
import { CopiedHash } from '../../ui/copied-hash.tsx';
import { DescriptionList } from '../../ui/description-list.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PageHeader, SectionHeading } from '../../ui/page-header.tsx';
import { Time } from '../../ui/time.tsx';
import { resiliencePath } from '../kind-address.ts';
import { drillsPath, OutcomeMark } from './drill-words.tsx';

/** One drill: what it reached, why it failed, and its evidence as it was written. */
export function DrillScreen({ drill }: { drill: DrillView }) {
  const { id, kind, title, startedAt, endedAt, outcome, reason, rtoMs, rpoMs } = drill;
  return (
    <>
      <PageHeader
        title={title}
        state={
          <span className="flex flex-wrap items-baseline gap-x-3">
            <OutcomeMark outcome={outcome} />
            <Time instant={endedAt} style="minute" />
          </span>
        }
        crumbs={[
          { label: 'Resilience', href: resiliencePath },
          { label: 'Drills', href: drillsPath },
          { label: title },
        ]}
      />
      <div className="space-y-10">
        {!drill.isWhole && (
          <Notice tone="danger" title="The evidence is not what was written.">
            It no longer has the SHA-256 that was kept with it and in the audit trail.
          </Notice>
        )}
        <DescriptionList
          items={[
            ...(reason === null ? [] : [{ term: 'Why it failed', detail: reason }]),
            { term: 'Began', detail: <Time instant={startedAt} style="second" /> },
            { term: 'Ended', detail: <Time instant={endedAt} style="second" /> },
            {
              term: 'RTO reached',
              detail: `${reachedWords(rtoMs)}: until what was lost worked again`,
            },
            { term: 'RPO reached', detail: `${reachedWords(rpoMs)}: of work lost at the least` },
            { term: 'Asked by', detail: drillKinds[kind].article },
            { term: 'SHA-256', detail: <CopiedHash value={drill.digest} what="SHA-256" /> },
          ]}
        />
        <section aria-labelledby="evidence">
          <SectionHeading
            id="evidence"
            action={
              <SaveDocument
                text={drill.evidence}
                fileName={`drill-${kind}-${id}.json`}
                label="Save as it was written"
              />
            }
          >
            Evidence
          </SectionHeading>
          <pre
            translate="no"
            className="rounded-md border border-line bg-surface p-4 figures-mono text-sm break-all whitespace-pre-wrap"
          >
            {legible(drill.evidence)}
          </pre>
        </section>
      </div>
    </>
  );
}

/** The same with lines and blanks; as it stands where it can't be read. */
function legible(evidence: string): string {
  try {
    return JSON.stringify(JSON.parse(evidence), null, 2);
  } catch {
    return evidence;
  }
}
