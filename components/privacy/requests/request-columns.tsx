/** Columns of every list of requests. */
import { channels, rights } from '#lib/privacy/requests/life.ts';
import type { RequestLine } from '#lib/privacy/requests/request-line.ts';
import { Code } from '../../ui/grouped.tsx';
import { NarrowLine } from '../../ui/narrow-line.tsx';
import type { Column } from '../../ui/table.tsx';
import { TextLink } from '../../ui/text-link.tsx';
import { Time } from '../../ui/time.tsx';
import { RequestStateMark, TimeLeft } from './request-marks.tsx';
import { requestPath } from './requests-address.ts';

export const requestColumns: readonly Column<RequestLine>[] = [
  {
    id: 'number',
    head: 'Request',
    cell: (row) => (
      <>
        <TextLink look="plain" href={requestPath(row.number)} className="block py-1">
          <Code>{row.number}</Code>
          <span className="block">{rights[row.right].name}</span>
        </TextLink>
        <NarrowLine word="State">
          <RequestStateMark state={row.state} />
        </NarrowLine>
        <NarrowLine word="Time">
          <TimeLeft clock={row.clock} />
        </NarrowLine>
        <NarrowLine word="About">{row.personId ?? 'nobody identified'}</NarrowLine>
      </>
    ),
  },
  {
    id: 'state',
    narrow: 'hidden',
    head: 'State',
    cell: ({ state }) => <RequestStateMark state={state} />,
  },
  {
    id: 'time',
    narrow: 'hidden',
    head: 'Time left',
    cell: ({ clock }) => <TimeLeft clock={clock} />,
  },
  {
    id: 'about',
    narrow: 'hidden',
    head: 'About',
    cell: ({ personId }) =>
      personId === null ? (
        <span className="text-text-quiet">Nobody identified</span>
      ) : (
        <TextLink look="plain" href={`/privacy/people/${personId}`}>
          <Code>{personId}</Code>
        </TextLink>
      ),
  },
  {
    id: 'channel',
    narrow: 'hidden',
    head: 'Came by',
    quiet: true,
    cell: ({ channel }) => channels[channel],
  },
  {
    id: 'received',
    narrow: 'hidden',
    head: 'Received',
    align: 'end',
    quiet: true,
    cell: ({ receivedAt }) => <Time instant={receivedAt} style="day" />,
  },
];

export const isOverdue = ({ clock }: Pick<RequestLine, 'clock'>): boolean =>
  clock !== null && clock.daysLeft !== null && clock.daysLeft < 0;
