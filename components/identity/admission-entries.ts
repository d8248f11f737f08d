/** The way of a person into the roster, as entries of a timeline. Pure. */
import type { AdmissionView } from '#lib/operations/find-admission.ts';
import type { TimelineEntry } from '../ui/timeline.tsx';
import { formatInstant } from '../ui/format.ts';

const raisedEntry = ({ number, raisedBy, raisedAt }: AdmissionView): TimelineEntry => ({
  id: 'raised',
  title: `${number} raised by ${raisedBy}`,
  detail: formatInstant(raisedAt),
});

function needEntry(
  { label, people, stated }: AdmissionView['needs'][number],
  isNext: boolean,
): TimelineEntry {
  const isMet = stated >= people;
  return {
    id: label,
    title: label,
    detail: isMet
      ? 'has stated'
      : people === 1
        ? 'waits for one person'
        : `${stated} of ${people} have stated`,
    shape: isMet ? 'dot' : 'ring',
    tone: isMet ? 'neutral' : isNext ? 'caution' : 'quiet',
  };
}

function partyEntry(
  { name, adopted }: AdmissionView['parties'][number],
  isDone: boolean,
): TimelineEntry {
  const waiting = isDone
    ? 'takes the roster over when it is next on'
    : 'checks every statement for itself';
  return {
    id: `party ${name}`,
    title: `Party ${name}`,
    detail: adopted ? 'has adopted the new roster' : waiting,
    shape: adopted ? 'dot' : 'ring',
    tone: adopted ? 'neutral' : 'quiet',
  };
}

/** Nothing raised yet is one ring; an operation that failed ends the list with what it says. */
export function admissionEntries(admission: AdmissionView | null): TimelineEntry[] {
  if (!admission)
    return [
      {
        id: 'raise',
        title: 'A colleague raises the admission',
        detail: 'an officer or an administrator, after comparing the words of the keys',
        shape: 'ring',
        tone: 'caution',
      },
    ];
  const next = admission.needs.find(({ people, stated }) => stated < people);
  if (admission.failed || admission.state === 'held')
    return [
      raisedEntry(admission),
      { id: 'end', title: admission.waitsFor, shape: 'triangle', tone: 'danger' },
    ];
  return [
    raisedEntry(admission),
    ...admission.needs.map((need) => needEntry(need, need === next)),
    ...admission.parties.map((party) => partyEntry(party, admission.state === 'done')),
  ];
}
