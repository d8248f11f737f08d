import { describeNeed } from '#lib/operations/describe-policy.ts';
import type { FreezesView } from '#lib/operations/list-freezes.ts';
import type { FreezeView } from '#lib/operations/view-freezes.ts';
import { inWords } from '#lib/operations/policy-words.ts';
import { DescriptionList, Footing } from '../ui/description-list.tsx';
import { Code } from '../ui/grouped.tsx';
import { LinkButton } from '../ui/link-button.tsx';
import { StatusMark } from '../ui/status-mark.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { Time } from '../ui/time.tsx';
import { reachOf, reachText, stopsText } from './freeze-words.ts';

/** One freeze that stands: what it stops, who has it, and the way to its release. */
export function StandingFreeze({ freeze, view }: { freeze: FreezeView; view: FreezesView }) {
  const { scope, what, value, frozenAt, frozenBy, incident } = freeze;
  return (
    <section
      aria-label={`${scope}, frozen`}
      className="rounded-md border border-danger-line bg-surface px-4 py-3"
    >
      <div className="mb-2 flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h3 className="text-md font-strong">{scope}</h3>
        <StatusMark shape="square" tone="danger">
          Frozen
        </StatusMark>
      </div>
      <p className="mb-2">{stopsText(what, value)}</p>
      <DescriptionList
        look="compact"
        items={[
          { term: 'Since', detail: <Time instant={frozenAt} /> },
          { term: 'By', detail: <bdi>{frozenBy}</bdi> },
          { term: 'Parties', detail: <PartyMarks freeze={freeze} parties={view.parties} /> },
          {
            term: 'On record',
            detail: (
              <>
                <TextLink href={`/operations/${freeze.operation}`}>
                  <Code>{freeze.number}</Code>
                </TextLink>
                {incident !== null && (
                  <>
                    , incident <Code>{incident}</Code>
                  </>
                )}
              </>
            ),
          },
          { term: 'Release', detail: <Release freeze={freeze} view={view} /> },
        ]}
      />
    </section>
  );
}

function PartyMarks({ freeze, parties }: { freeze: FreezeView; parties: FreezesView['parties'] }) {
  const reach = reachOf(freeze, parties);
  return (
    <>
      {reachText(reach)}
      <ul className="mt-1 flex flex-wrap gap-x-4 gap-y-1" aria-label="Parties and this freeze">
        {reach.have.map((name) => (
          <li key={name}>
            <StatusMark shape="dot" tone="good">
              {name} has it
            </StatusMark>
          </li>
        ))}
        {reach.missing.map((name) => (
          <li key={name}>
            <StatusMark shape="triangle" tone="caution">
              {name} not yet
            </StatusMark>
          </li>
        ))}
        {reach.off.map((name) => (
          <li key={name}>
            <StatusMark shape="square">{name} is off</StatusMark>
          </li>
        ))}
      </ul>
      {reach.missing.length > 0 && (
        <Footing>It is handed over again until every party has it.</Footing>
      )}
      {reach.off.length > 0 && (
        <Footing>
          A party that is off takes it over when it is switched on, before it signs.
        </Footing>
      )}
      {parties.cold.length > 0 && (
        <Footing>
          {parties.cold.length === 1 ? 'Party' : 'Parties'} {inWords(parties.cold)}{' '}
          {parties.cold.length === 1 ? 'has no network and hears' : 'have no network and hear'} of
          it by document.
        </Footing>
      )}
    </>
  );
}

function Release({ freeze, view }: { freeze: FreezeView; view: FreezesView }) {
  const { release } = freeze;
  if (release)
    return (
      <>
        <TextLink href={`/operations/${release.operation}`}>
          <Code>{release.number}</Code>
        </TextLink>{' '}
        is raised. It stays frozen until the people it needs have stated.
      </>
    );
  const needs = view.releaseNeeds?.map(describeNeed) ?? [];
  return (
    <>
      {needs.length > 0 && `Needs somebody who raises it, ${inWords(needs)}.`}
      <span className="mt-2 block">
        {view.release.allowed ? (
          <LinkButton size="small" href={`/freeze/${freeze.operation}/release`}>
            Raise the release
          </LinkButton>
        ) : (
          view.release.sentence
        )}
      </span>
    </>
  );
}
