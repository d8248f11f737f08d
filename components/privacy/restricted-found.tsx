import { Notice } from '../ui/notice.tsx';

/** People whose data are restricted and who are found only for what goes on all the same (Art 18). */
export const RestrictedFound = ({ count }: { count: number }) => (
  <Notice
    tone="caution"
    title={
      count === 1
        ? 'One person whose data are restricted has this.'
        : `${count} people whose data are restricted have this.`
    }
  >
    They are not shown for this purpose. Search for what goes on while data are restricted, such as
    a request of the person; record nobody anew.
  </Notice>
);
