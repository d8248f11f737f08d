import type { ErasuresDueView } from '#lib/privacy/home/list-erasures-due.ts';
import { Code } from '../../ui/grouped.tsx';
import { SectionHeading } from '../../ui/page-header.tsx';
import { Panel, PanelRow } from '../../ui/panel.tsx';
import { TextLink } from '../../ui/text-link.tsx';
import { Day } from '../../ui/time.tsx';
import { requestPath } from '../requests/requests-address.ts';
import { FirstRows } from './first-rows.tsx';

/** Erasures that wait for a duty to end: each comes back by itself, to be decided anew. */
export function ErasuresPart({ view: { rows, count } }: { view: ErasuresDueView }) {
  return (
    <section aria-label="Erasures that come back">
      <SectionHeading>Erasures that come back</SectionHeading>
      <Panel>
        {count === 0 && <PanelRow>No erasure waits for a duty to keep to end.</PanelRow>}
        {rows.map(({ number, personId, dueOn }) => (
          <PanelRow
            key={number}
            title={
              <TextLink look="plain" href={requestPath(number)}>
                <Code>{number}</Code>
              </TextLink>
            }
            aside={dueOn === null ? 'No day: an event ends it' : <Day date={dueOn} />}
          >
            About <Code>{personId}</Code>
          </PanelRow>
        ))}
        <FirstRows shown={rows.length} count={count} />
      </Panel>
    </section>
  );
}
