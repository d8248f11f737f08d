import { linkIncidentAction, unlinkIncidentAction } from '#lib/incidents/actions.ts';
import { linkKinds, type IncidentSource } from '#lib/incidents/desk/life.ts';
import type { IncidentView } from '#lib/incidents/desk/view-incident.ts';
import { ActDialog } from '../clients/act-dialog.tsx';
import { optionsOf } from '../clients/complaint-form.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import { Code } from '../ui/grouped.tsx';
import { SectionHeading } from '../ui/page-header.tsx';
import { Panel, PanelRow } from '../ui/panel.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { linkName } from './incident-words.ts';

/** What the watch of the chains found, of which a chain or a token may stand still. */
const chainSources: ReadonlySet<IncidentSource> = new Set<IncidentSource>([
  'chain-reorganised',
  'token-differs',
  'deposit-reversed',
  'settlement-undone',
]);

/** What the incident touches: operations, breaks, assets, providers and what else is on record. */
export function IncidentLinks({ view }: { view: IncidentView }) {
  const { id, links, can } = view;
  return (
    <section>
      <SectionHeading
        action={
          can.work && (
            <ActDialog
              act={linkIncidentAction}
              label="Link"
              size="small"
              title="Link to what it touches"
              done="Link it"
              fixed={{ id }}
            >
              <SelectField
                label="What it is"
                name="kind"
                placeholder="Choose what it is"
                options={optionsOf(linkKinds)}
              />
              <TextField
                label="Its number"
                name="ref"
                look="mono"
                hint="As it stands on its own page; a vault by its name. What is not on record is refused."
                maxLength={100}
              />
            </ActDialog>
          )
        }
      >
        Linked to
      </SectionHeading>
      <Panel label="Linked to">
        {links.length === 0 && (
          <PanelRow>
            Nothing yet. Link the operations, breaks, assets and providers that it touches.
          </PanelRow>
        )}
        {links.map(({ kind, ref, href }) => (
          <PanelRow key={`${kind} ${ref}`}>
            <span className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
              <span>
                {linkName(kind)}{' '}
                {href === null ? (
                  <span className="text-text">
                    <Code>{ref}</Code>
                  </span>
                ) : (
                  <TextLink href={href}>
                    <Code>{ref}</Code>
                  </TextLink>
                )}
              </span>
              {can.work && (
                <span className="screen-only">
                  <ActDialog
                    act={unlinkIncidentAction}
                    label="Remove"
                    size="small"
                    title="Remove this link?"
                    done="Remove it"
                    fixed={{ id, kind, ref }}
                  >
                    <p>
                      {linkName(kind)} <Code>{ref}</Code>. The timeline keeps that it was linked.
                    </p>
                  </ActDialog>
                </span>
              )}
            </span>
          </PanelRow>
        ))}
        {chainSources.has(view.source) && (
          <PanelRow>
            What stands still, since when, and who lets it go on:{' '}
            <TextLink href="/vaults/chains">Chains</TextLink>
          </PanelRow>
        )}
        {can.work && view.sort === 'incident' && !links.some(({ kind }) => kind === 'breach') && (
          <PanelRow>
            Are personal data concerned?{' '}
            <TextLink href={`/privacy/breaches/new?incident=${view.number}`}>
              Report it as a breach of personal data, too
            </TextLink>
            .
          </PanelRow>
        )}
      </Panel>
    </section>
  );
}
