import {
  coverKinds,
  holdStates,
  type Cover,
  type HoldState,
} from '#lib/privacy/retention/holds/life.ts';
import { isRunCode, schedule } from '#lib/privacy/retention/schedule.ts';
import { Code } from '../../ui/grouped.tsx';
import { StatusMark, type StatusShape } from '../../ui/status-mark.tsx';
import { TextLink } from '../../ui/text-link.tsx';
import { breachPath } from '../breaches/breaches-address.ts';
import { requestPath } from '../requests/requests-address.ts';
import { holdPath } from './retention-address.ts';

const shapes: Readonly<Record<HoldState, StatusShape>> = {
  standing: 'dot',
  'lift-proposed': 'ring',
  lifted: 'square',
};

export const HoldMark = ({ state, isOverdue }: { state: HoldState; isOverdue: boolean }) =>
  isOverdue ? (
    <StatusMark shape="triangle" tone="caution">
      {holdStates[state]}, review overdue
    </StatusMark>
  ) : (
    <StatusMark shape={shapes[state]}>{holdStates[state]}</StatusMark>
  );

/** One thing that a hold covers, with the way to it. */
export function CoverWords({ kind, subject }: Cover) {
  switch (kind) {
    case 'person':
      return (
        <TextLink look="plain" href={`/privacy/people/${subject}`}>
          <Code>{subject}</Code>
        </TextLink>
      );
    case 'client':
      return (
        <>
          {coverKinds.client} <TextLink href={`/clients/${subject}`}>{subject}</TextLink>
        </>
      );
    case 'category':
      return isRunCode(subject) ? `All of “${schedule[subject].name}”` : subject;
    case 'record':
      return <RecordWords subject={subject} />;
  }
}

function RecordWords({ subject }: { subject: string }) {
  const href = subject.startsWith('DSR-')
    ? requestPath(subject)
    : subject.startsWith('LH-')
      ? holdPath(subject)
      : subject.startsWith('PB-')
        ? breachPath(subject)
        : null;
  return href === null ? (
    <Code>{subject}</Code>
  ) : (
    <TextLink look="plain" href={href}>
      <Code>{subject}</Code>
    </TextLink>
  );
}
