import type { RecentEndsView } from '#lib/privacy/home/list-recent-ends.ts';
import { Code } from '../../ui/grouped.tsx';
import { SectionHeading } from '../../ui/page-header.tsx';
import { Panel, PanelRow } from '../../ui/panel.tsx';
import { TextLink } from '../../ui/text-link.tsx';
import { Day, Time } from '../../ui/time.tsx';
import { roleWords } from '../person-words.ts';
import { FirstRows } from './first-rows.tsx';

/** Ends that one officer recorded and nothing counts from yet: a wrong one is taken back on the person's page. */
export function RecentEndsPart({ view: { rows, count } }: { view: RecentEndsView }) {
  return (
    <section aria-label="Ends recorded lately">
      <SectionHeading>Ends recorded lately</SectionHeading>
      <Panel>
        {rows.map(({ person, client, role, endedOn, takenBackUntil, recordedAt }) => (
          <PanelRow
            key={`${person} ${client} ${role} ${recordedAt}`}
            title={
              <TextLink look="plain" href={`/privacy/people/${person}`}>
                <Code>{person}</Code>
              </TextLink>
            }
            aside={
              <>
                Counts from <Day date={takenBackUntil} />
              </>
            }
          >
            {roleWords[role] ?? role} of <Code>{client}</Code> until <Day date={endedOn} />,
            recorded <Time instant={recordedAt} style="day" />
          </PanelRow>
        ))}
        <FirstRows shown={rows.length} count={count} />
      </Panel>
    </section>
  );
}
