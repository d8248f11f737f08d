/**
 * What persons are told of a breach (GDPR Art 34(2)): what happened, in clear and plain language, and at least what
 * Art 33(3)(b), (c) and (d) ask for. Each part is a text of its own with the decision to tell them. Pure.
 */
import { refuse, type Refused } from '#lib/platform/result.ts';

const communicationParts = {
  letter: {
    article: '34(2)',
    sentence: 'Write what the persons are told happened, in plain language (Article 34(2)).',
  },
  consequences: {
    article: '33(3)(c)',
    sentence: 'Write in plain language what may come of it for the persons (Article 34(2)).',
  },
  measures: {
    article: '33(3)(d)',
    sentence:
      'Write in plain language what was done, and what the persons can do themselves (Article 34(2)).',
  },
  contact: {
    article: '33(3)(b)',
    sentence:
      'Put the data protection officer with a contact into the register of controllers and contacts first: persons are told where to ask (Article 34(2)).',
  },
} as const;
type CommunicationPart = keyof typeof communicationParts;
const partsOfCommunication = Object.keys(communicationParts) as CommunicationPart[];

/** Whether a decision is one by which something is told: to each, or to the public (Art 34(3)(c)). */
export const isCommunicated = ({
  isTold,
  exception,
}: {
  isTold: boolean;
  exception: string | null;
}): boolean => isTold || exception === 'disproportionate';

/** The refusal of the first part that is not there, by its name: `letter-missing`, `contact-missing` and so on. */
export function findMissingPart(has: (part: CommunicationPart) => boolean): Refused | null {
  const missing = partsOfCommunication.find((part) => !has(part));
  return missing === undefined
    ? null
    : refuse(`${missing}-missing`, communicationParts[missing].sentence);
}

/**
 * The same of a decision that was made before each part had to be there. What was signed stays as it is, so it is decided
 * anew.
 */
export function findUntellable(fields: ReadonlySet<string>): Refused | null {
  const fault = findMissingPart((part) => fields.has(part));
  return (
    fault &&
    refuse(
      fault.refusal.code,
      `What was decided to be told lacks this. Decide on it anew: ${fault.refusal.sentence}`,
    )
  );
}
