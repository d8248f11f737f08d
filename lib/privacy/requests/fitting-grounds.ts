/** On which grounds a request may be refused as it stands: by its right, and by what is on record about it. Pure. */
import type { Standing } from './fold.ts';
import { refusalGrounds, type RefusalGround, type Right } from './life.ts';

/** What has to be on record for a ground, beside the right; the others hang on the right alone. */
export const groundNeeds: Readonly<
  Partial<Record<RefusalGround, { holds: (standing: Standing) => boolean; says: string }>>
> = {
  'not-identified': {
    holds: ({ person }) => person === null,
    says: 'The person is identified, so it can’t be refused for that.',
  },
  'identity-not-shown': {
    holds: ({ person, isDoubted }) => person !== null && isDoubted,
    says: 'It is refused because the identity was not shown only while a doubt about it is on record (Art 12(6)).',
  },
  'authority-not-shown': {
    holds: ({ person, opening, authority }) =>
      person !== null && opening.forAnother && authority === null,
    says: 'It is refused because no authority was shown only where somebody asks for another and showed none.',
  },
  'not-clarified': {
    holds: ({ person, questions }) =>
      person !== null &&
      questions.some(({ about, isUnanswered }) => about === 'scope' && isUnanswered),
    says: 'It is refused as unclear only once the person was asked what is meant, was reminded, and no answer came.',
  },
};

const limits = (ground: RefusalGround, right: Right): boolean =>
  (refusalGrounds[ground].rights as readonly Right[]).includes(right);

/** The grounds that can be chosen; about nobody there is one. */
export const fittingGrounds = (standing: Standing): RefusalGround[] =>
  (Object.keys(refusalGrounds) as RefusalGround[]).filter((ground) =>
    standing.person === null
      ? ground === 'not-identified'
      : limits(ground, standing.right) && (groundNeeds[ground]?.holds(standing) ?? true),
  );
