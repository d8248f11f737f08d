import { levels } from '#lib/incidents/on-call/escalation-rules.ts';
import { sources } from '#lib/incidents/desk/life.ts';
import type { IncidentView } from '#lib/incidents/desk/view-incident.ts';
import { DescriptionList } from '../ui/description-list.tsx';
import { Time } from '../ui/time.tsx';
import { Assign, Retitle } from './incident-acts.tsx';
import { categoryName, severityMeaning } from './incident-words.ts';

const isLevel = (level: number): level is keyof typeof levels => level in levels;

/** What the incident is, in the order in which somebody who comes to it asks. */
export function IncidentFacts({ view }: { view: IncidentView }) {
  const { description, standing, assigneeName, can, unfinished, source, openedByName } = view;
  return (
    <DescriptionList
      items={[
        {
          term: 'Description',
          detail: (
            <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
              <div className="prose-line min-w-0 flex-1 basis-72 wrap-anywhere whitespace-pre-wrap">
                {description === null ? (
                  <span className="text-text-quiet">Nobody described it yet; see the notes.</span>
                ) : (
                  <bdi>{description}</bdi>
                )}
              </div>
              {can.work && <Retitle view={view} />}
            </div>
          ),
        },
        {
          term: 'Answers for it',
          detail: (
            <span className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
              {assigneeName === null ? 'Nobody yet' : <bdi>{assigneeName}</bdi>}
              {can.work && <Assign view={view} />}
            </span>
          ),
        },
        {
          term: 'Severity',
          detail: standing.severity === null ? 'Not triaged' : severityMeaning(standing.severity),
        },
        {
          term: 'Kind',
          detail: standing.category === null ? 'Not triaged' : categoryName(standing.category),
        },
        { term: 'Noticed', detail: <Time instant={view.detectedAt} style="minute" /> },
        {
          term: 'Came to the desk',
          detail: (
            <>
              <Time instant={view.openedAt} /> by <bdi>{openedByName}</bdi>
              {source !== 'reported' && `: ${sources[source].toLowerCase()}`}
            </>
          ),
        },
        {
          term: 'Acknowledged',
          detail:
            standing.acknowledgedAt === null ? (
              'Not yet'
            ) : (
              <Time instant={standing.acknowledgedAt} />
            ),
        },
        ...(standing.escalation > 0 && isLevel(standing.escalation)
          ? [
              {
                term: 'Escalated',
                detail: `To level ${standing.escalation}: ${levels[standing.escalation].toLowerCase()}`,
              },
            ]
          : []),
        ...(standing.closedAt === null
          ? []
          : [
              {
                term: standing.state === 'dropped' ? 'Dropped' : 'Closed',
                detail: <Time instant={standing.closedAt} />,
              },
            ]),
        ...(can.close && unfinished !== null
          ? [{ term: 'Before it closes', detail: unfinished }]
          : []),
      ]}
    />
  );
}
