import { StatusMark } from '../../ui/status-mark.tsx';

/** Whether something goes into a package. */
export const TakeMark = ({ isIn }: { isIn: boolean }) =>
  isIn ? (
    <StatusMark shape="dot" tone="good">
      In
    </StatusMark>
  ) : (
    <StatusMark shape="square">Out</StatusMark>
  );
