import type { DestinationListingIntent } from '#lib/protocol/intent.ts';
import type { Description } from '../ui/description-list.tsx';
import { Time } from '../ui/time.tsx';
import { classWords, evidenceWords, wordOf } from './destination-words.ts';

/** Worth a second look, so it does not stand there like any other fact. */
export const NoEvidence = () => (
  <span className="text-caution">None: nothing shows that the address is the client’s.</span>
);

/** What a listing says beside the address, all of it signed: whose it is, what shows it, how long. */
export const certificateFacts = ({
  client,
  class: kind,
  evidence,
  expiresAt,
}: DestinationListingIntent['destination']): Description[] => [
  { term: 'Client', detail: client },
  { term: 'Class', detail: wordOf(classWords, kind) },
  {
    term: 'Evidence',
    detail: evidence ? wordOf(evidenceWords, evidence.method) : <NoEvidence />,
  },
  { term: 'Certified until', detail: <Time instant={expiresAt} /> },
];
