import { tellsRecipients } from '#lib/privacy/requests/fold.ts';
import { recipientResults } from '#lib/privacy/requests/life.ts';
import type { RequestView } from '#lib/privacy/requests/view-request.ts';
import { Code } from '../../ui/grouped.tsx';
import { SectionHeading } from '../../ui/page-header.tsx';
import { Panel, PanelRow } from '../../ui/panel.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';

/** Who got the data and whether each was told (Art 19); the person learns of them on request. */
export function RecipientsSection({ view }: { view: RequestView }) {
  const { standing, recipients } = view;
  if (!tellsRecipients(standing) || standing.outcome === 'refused') return null;
  const named = new Map(recipients.map(({ code, name }) => [code, name]));
  const others = [...standing.recipients.keys()].filter((code) => !named.has(code));
  const all = [...recipients, ...others.map((code) => ({ code, name: code, from: null }))];
  return (
    <section aria-label="Recipients">
      <SectionHeading>Recipients (Art 19)</SectionHeading>
      <Panel>
        {all.length === 0 && (
          <PanelRow>
            No recipient of the data of this person is on record. That is not to say that nobody
            received any.
          </PanelRow>
        )}
        {all.map(({ code, name, from }) => {
          const said = standing.recipients.get(code);
          return (
            <PanelRow
              key={code}
              title={<bdi>{name}</bdi>}
              aside={
                <StatusMark
                  shape={said ? 'dot' : 'ring'}
                  tone={said?.result === 'told' ? 'good' : 'neutral'}
                >
                  {said ? recipientResults[said.result] : 'Not yet'}
                </StatusMark>
              }
            >
              <Code>{code}</Code>, {fromWords[from ?? 'other']}
            </PanelRow>
          );
        })}
      </Panel>
    </section>
  );
}

const fromWords = {
  map: 'by the map of fields',
  register: 'by the register of processors',
  request: 'by an entry of a request, whose text says who it is',
  other: 'written in',
} as const;
