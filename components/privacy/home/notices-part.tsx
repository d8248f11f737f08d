import type { NoticesDueView } from '#lib/privacy/home/list-notices-due.ts';
import { Code } from '../../ui/grouped.tsx';
import { SectionHeading } from '../../ui/page-header.tsx';
import { Panel, PanelRow } from '../../ui/panel.tsx';
import { TextLink } from '../../ui/text-link.tsx';
import { Time } from '../../ui/time.tsx';
import { requestPath } from '../requests/requests-address.ts';
import { FirstRows } from './first-rows.tsx';

/** Corrections and restrictions of which recipients are still to be told, outside a request that asks for it by itself. */
export function NoticesPart({ view: { rows, count } }: { view: NoticesDueView }) {
  return (
    <section aria-label="Recipients to be told">
      <SectionHeading>Recipients to be told (Art 19)</SectionHeading>
      <Panel>
        {rows.map(({ id, person, cause, request, since }) => (
          <PanelRow
            key={id}
            title={
              <TextLink look="plain" href={`/privacy/people/${person}`}>
                <Code>{person}</Code>
              </TextLink>
            }
            aside={<Time instant={since} style="day" />}
          >
            {cause === 'correction' ? 'Corrected without a request' : 'Restricted'}
            {request !== null && (
              <>
                {' '}
                within <TextLink href={requestPath(request)}>{request}</TextLink>
              </>
            )}
          </PanelRow>
        ))}
        <FirstRows shown={rows.length} count={count} />
      </Panel>
    </section>
  );
}
