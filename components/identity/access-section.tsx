import type { PersonView } from '#lib/operations/view-person.ts';
import { SectionHeading } from '../ui/page-header.tsx';
import { Time } from '../ui/time.tsx';
import { EndSessions, SuspendPerson } from './stop-buttons.tsx';
import { stopActor, stopTitle } from './stop-words.ts';

/** Ending a person's access, and what was ended so far. */
export function AccessSection({ person }: { person: PersonView }) {
  const { id, displayName, status, stop, stops, openSessions, isLastAdministrator } = person;
  return (
    <section>
      <SectionHeading>Access</SectionHeading>
      <div className="space-y-3">
        {status === 'suspended' && (
          <p className="text-text-quiet">
            Suspended: no sign-in and no statement is taken here. The parties count the keys for as
            long as the roster does. To come back, {displayName} is invited anew and admitted by a
            roster operation.
          </p>
        )}
        {stop.allowed ? (
          <div className="flex flex-wrap items-center gap-2">
            {openSessions > 0 && <EndSessions operator={id} name={displayName} />}
            {status !== 'suspended' && (
              <SuspendPerson operator={id} name={displayName} isLast={isLastAdministrator} />
            )}
          </div>
        ) : (
          <p className="text-text-quiet">{stop.sentence}</p>
        )}
        {stops.length > 0 && (
          <ul aria-label="What was ended" className="space-y-2 text-sm">
            {stops.map((entry) => (
              <li key={entry.id}>
                {stopTitle(
                  entry,
                  person.keys.find((key) => key.id === entry.credential)?.label ?? null,
                )}
                <span className="block text-text-quiet">
                  <Time instant={entry.at} style="minute" />, {stopActor(entry)}
                </span>
              </li>
            ))}
          </ul>
        )}
      </div>
    </section>
  );
}
