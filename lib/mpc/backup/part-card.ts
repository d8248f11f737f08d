/** What goes onto the card in a custodian's envelope; the code stands last. Pure. */
import { groupWords, type GroupRecord } from './group.ts';
import type { CustodianPart } from './make-group.ts';
import { spacePart } from './part-text.ts';

export function partCard(
  { organisation, environment, group }: GroupRecord,
  part: CustodianPart,
): string {
  const { id, party, threshold, custodians } = group;
  return [
    `Countersign, ${organisation}, ${environment}: part ${part.number} of ${custodians.length} of backup group ${id}`,
    `Keeps the share of party ${party}. Any ${threshold} parts open it. Holder: ${part.person}`,
    `Group: ${groupWords({ organisation, environment }, group).join(' ')}`,
    '',
    spacePart(part.text),
  ].join('\n');
}

/** The name of a file that holds one part. */
export const partFileName = ({ group }: GroupRecord, { number }: CustodianPart): string =>
  `part-${group.id}-${number}-of-${group.custodians.length}.txt`;

export const recordFileName = (group: string): string => `group-${group}.json`;
