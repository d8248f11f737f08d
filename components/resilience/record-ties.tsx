import { kindNames } from '#lib/resilience/records/kinds.ts';
import type { RecordView, Tie } from '#lib/resilience/records/view-record.ts';
import { SectionHeading } from '../ui/page-header.tsx';
import { Panel, PanelRow } from '../ui/panel.tsx';
import { Code } from '../ui/grouped.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { recordPath } from './kind-address.ts';
import { tieName } from './names.ts';

/** What a record names and what names it, each once, by kind. */
export function RecordTies({ view }: { view: RecordView }) {
  return (
    <>
      <TieList title="It names" ties={view.names} />
      <TieList title="Named by" ties={view.namedBy} />
    </>
  );
}

function TieList({ title, ties }: { title: string; ties: readonly Tie[] }) {
  const each = [...new Map(ties.map((tie) => [tie.id, tie])).values()].toSorted((a, b) =>
    a.number.localeCompare(b.number),
  );
  if (each.length === 0) return null;
  return (
    <section aria-label={title}>
      <SectionHeading>{title}</SectionHeading>
      <Panel>
        {each.map((tie) => (
          <PanelRow
            key={tie.id}
            title={
              <TextLink look="plain" href={recordPath(tie.kind, tie.id)}>
                <bdi>{tieName(tie)}</bdi>
              </TextLink>
            }
          >
            {kindNames[tie.kind][0]} <Code>{tie.number}</Code>
            {tie.retired && ', retired'}
          </PanelRow>
        ))}
      </Panel>
    </section>
  );
}
