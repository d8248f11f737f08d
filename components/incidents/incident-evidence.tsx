import { evidenceEndings } from '#lib/incidents/desk/evidence-file.ts';
import type { IncidentView } from '#lib/incidents/desk/view-incident.ts';
import { CopiedHash } from '../ui/copied-hash.tsx';
import { SectionHeading } from '../ui/page-header.tsx';
import { Panel, PanelRow } from '../ui/panel.tsx';
import { Time } from '../ui/time.tsx';
import { Evidence } from '../ui/timeline.tsx';
import { AddEvidence } from './add-evidence.tsx';
import { sizeName } from './incident-words.ts';

/** Files that are kept with the incident. They are saved, never shown: nothing of them runs here. */
export function IncidentEvidence({ view }: { view: IncidentView }) {
  const { id, evidence, timeline, can } = view;
  const added = new Map(timeline.map((entry) => [entry.seq, entry]));
  return (
    <section>
      <SectionHeading action={can.work && <AddEvidence incident={id} endings={evidenceEndings} />}>
        Evidence
      </SectionHeading>
      <Panel label="Evidence">
        {evidence.length === 0 && (
          <PanelRow>
            No file yet. Logs, pictures of screens and messages are kept here with their digest.
          </PanelRow>
        )}
        {evidence.map((file) => {
          const entry = added.get(file.seq);
          return (
            <PanelRow
              key={file.id}
              title={
                <a
                  href={`/api/incidents/evidence/${file.id}`}
                  download
                  className="rounded-sm font-normal wrap-anywhere text-accent underline decoration-line-strong underline-offset-3 hover:decoration-current"
                >
                  <bdi>{file.name}</bdi>
                </a>
              }
              aside={<span className="text-sm text-text-quiet">{sizeName(file.size)}</span>}
            >
              <p>
                {file.mediaType}
                {entry && (
                  <>
                    , added by <bdi>{entry.by}</bdi>, <Time instant={entry.at} style="minute" />
                  </>
                )}
              </p>
              <Evidence label="Digest (SHA-256)">
                <CopiedHash value={file.sha256} what="the digest" />
              </Evidence>
            </PanelRow>
          );
        })}
      </Panel>
    </section>
  );
}
