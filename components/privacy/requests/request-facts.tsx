import type { ReactNode } from 'react';
import {
  authorities,
  blockerArticle,
  blockers,
  channels,
  decisions,
  dispatchChannels,
  identityGrounds,
  isUndecided,
  opinions,
  refusalGrounds,
  requestStates,
  type RequestState,
} from '#lib/privacy/requests/life.ts';
import { paperReasons } from '#lib/privacy/requests/on-paper.ts';
import type { RequestView } from '#lib/privacy/requests/view-request.ts';
import { CopiedHash } from '../../ui/copied-hash.tsx';
import { DescriptionList } from '../../ui/description-list.tsx';
import { Code } from '../../ui/grouped.tsx';
import { SectionHeading } from '../../ui/page-header.tsx';
import { Panel, PanelRow } from '../../ui/panel.tsx';
import { TextLink } from '../../ui/text-link.tsx';
import { Day, Time } from '../../ui/time.tsx';
import { alikeRows } from './alike-rows.ts';
import { rightName } from './request-words.ts';
import { requestPath } from './requests-address.ts';

/** What is on record about a request, without a word of what people wrote. */
export function RequestFacts({ view }: { view: RequestView }) {
  const { standing, alike } = view;
  const { opening } = standing;
  return (
    <DescriptionList
      items={[
        { term: 'Right', detail: rightName(standing.right) },
        {
          term: 'Received',
          detail: (
            <>
              <Time instant={opening.receivedAt} style="minute" />,{' '}
              {channels[opening.channel].toLowerCase()}
              {opening.isEarlier && '. From what the earlier receipt is known stands in the texts'}
              <span className="block text-sm text-text-quiet">
                {opening.isElectronic
                  ? 'Made electronically, so it is answered electronically (Art 12(3)).'
                  : 'Not made electronically.'}
              </span>
            </>
          ),
        },
        { term: 'About', detail: <About view={view} /> },
        ...(alike.length === 0
          ? []
          : [
              {
                term: 'Others like it',
                detail: (
                  <ul>
                    {alikeRows(alike).map(({ number, likeness, state }) => (
                      <li key={number}>
                        <TextLink href={requestPath(number)}>
                          <Code>{number}</Code>
                        </TextLink>
                        : {likeness}. {stateWord(state)}.
                      </li>
                    ))}
                  </ul>
                ),
              },
            ]),
        ...(standing.duplicateOf === null
          ? []
          : [
              {
                term: 'Same as',
                detail: (
                  <TextLink href={requestPath(standing.duplicateOf)}>
                    <Code>{standing.duplicateOf}</Code>
                  </TextLink>
                ),
              },
            ]),
      ]}
    />
  );
}

const stateWord = (state: string): string =>
  Object.hasOwn(requestStates, state) ? requestStates[state as RequestState] : state;

const aboutNobody = (state: RequestState): string =>
  isUndecided(state)
    ? 'Nobody is identified. Until somebody is, it is refused, or answered by that nothing is held.'
    : 'Nobody was identified.';

function About({ view: { standing, you } }: { view: RequestView }) {
  const { person, authority, isDoubted, opening, state } = standing;
  return (
    <>
      {person === null ? (
        aboutNobody(state)
      ) : (
        <>
          {you.mayFind ? (
            <TextLink href={`/privacy/people/${person.id}`}>
              <Code>{person.id}</Code>
            </TextLink>
          ) : (
            <Code>{person.id}</Code>
          )}
          , {identityGrounds[person.ground].toLowerCase()}
        </>
      )}
      {isDoubted && <span className="block text-caution">The identity is in doubt.</span>}
      {opening.forAnother && (
        <span className="block">
          Asked for by somebody else:{' '}
          {authority === null ? 'no authority shown' : authorities[authority].toLowerCase()}.
        </span>
      )}
    </>
  );
}

/** The legal review and the opinion of the officer; the decision stands apart from it. */
export function AdviceSection({ view }: { view: RequestView }) {
  const review = view.events.findLast(({ kind }) => kind === 'reviewed');
  const advice = view.events.flatMap((event) => (event.kind === 'opinion-given' ? [event] : []));
  if (!review && advice.length === 0) return null;
  return (
    <section aria-label="Review and opinion">
      <SectionHeading>Review and opinion</SectionHeading>
      <Panel>
        {review && (
          <PanelRow title="Legal review" aside={<Signed {...review} />}>
            {view.standing.blockers.length === 0 ? (
              'Nothing stands against the right.'
            ) : (
              <ul>
                {view.standing.blockers.map(({ kind, until }, index) => (
                  <li key={`${kind} ${index}`}>
                    {blockers[kind].name}
                    {until !== null && (
                      <>
                        {' '}
                        until <Day date={until} />
                      </>
                    )}{' '}
                    ({blockerArticle(kind, review.at.slice(0, 10))})
                  </li>
                ))}
              </ul>
            )}
          </PanelRow>
        )}
        {advice.map((event) => (
          <PanelRow
            key={event.seq}
            title={`Opinion of the data protection officer: ${opinions[event.facts.opinion].toLowerCase()}`}
            aside={<Signed {...event} />}
          >
            It advises and binds nobody (Art 38(6), 39(1)(a)).
          </PanelRow>
        ))}
      </Panel>
    </section>
  );
}

/** What the controller decided, by whom, and how the answer went out. */
export function DecisionSection({ view }: { view: RequestView }) {
  const { proposal, dispatch } = view.standing;
  if (proposal === null) return null;
  const proposed = view.events.find(({ seq }) => seq === proposal.seq);
  const approved = view.events.findLast(
    (event) => event.kind === 'approved' && event.facts.of === proposal.seq,
  );
  return (
    <section aria-label="Decision of the controller">
      <SectionHeading>Decision of the controller</SectionHeading>
      <Panel>
        <PanelRow title={decisions[proposal.decision]} aside={proposed && <Signed {...proposed} />}>
          <Grounds view={view} />
          {approved ? (
            <p>
              Approved by <bdi>{approved.by}</bdi>, <Time instant={approved.at} style="minute" />,
              with a key.
            </p>
          ) : (
            <p>Proposed with a key. It holds once a second person approves it.</p>
          )}
        </PanelRow>
        {dispatch !== null && (
          <PanelRow
            title={`Answered: ${dispatchChannels[dispatch.channel].toLowerCase()}`}
            aside={<Time instant={dispatch.sentAt} style="minute" />}
          >
            <p>
              {dispatch.namesRemedies
                ? 'The letter names the authority for complaints and the court.'
                : 'The letter names no remedies, as nothing was refused.'}
            </p>
            {dispatch.onPaper !== undefined && (
              <p>
                On paper, though it was asked for electronically:{' '}
                {paperReasons[dispatch.onPaper].toLowerCase()}.
              </p>
            )}
            <p className="mt-1">
              {dispatch.digest === proposal.package
                ? 'SHA-256 of the package that was sent'
                : 'Commitment of what was sent, as it stands on record'}
            </p>
            <CopiedHash value={dispatch.digest} what="the digest" />
          </PanelRow>
        )}
      </Panel>
    </section>
  );
}

function Grounds({ view }: { view: RequestView }) {
  const { grounds = [], earlier = [] } = view.standing.proposal ?? {};
  return (
    <>
      {grounds.length > 0 && (
        <ul>
          {grounds.map((ground) => (
            <li key={ground}>
              {refusalGrounds[ground].name} (Art {refusalGrounds[ground].article})
            </li>
          ))}
        </ul>
      )}
      {earlier.length > 0 && <p>It rests on earlier requests: {earlier.join(', ')}.</p>}
    </>
  );
}

const Signed = ({ by, at }: { by: string; at: string }): ReactNode => (
  <span className="text-sm text-text-quiet">
    <bdi>{by}</bdi>, <Time instant={at} style="minute" />
  </span>
);
