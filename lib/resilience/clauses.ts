/** Which clauses a contract still lacks (DORA Art 30, 28(7); Delegated Regulation 2025/532). Pure. */
import { clauses, type Clause } from './kinds/contract-words.ts';

type Answered = { clauses: readonly { id: string; answer: string; at: string | null }[] };

/** The clauses that the law asks of a contract: more of one for a critical or important function. */
export const askedClauses = (isCritical: boolean): Clause[] =>
  clauses.filter(({ asked }) => asked === 'all' || isCritical);

export type ClauseLine = Clause & {
  /** `open` where nobody has said anything yet. */
  answer: 'met' | 'missing' | 'not-needed' | 'open';
  at: string | null;
};

/** The checklist of a contract as it stands, asked clauses only. */
export function clauseLines(contract: Answered, isCritical: boolean): ClauseLine[] {
  return askedClauses(isCritical).map((clause) => {
    const said = contract.clauses.find(({ id }) => id === clause.id);
    return { ...clause, answer: answerOf(said?.answer), at: said?.at ?? null };
  });
}

function answerOf(answer: string | undefined): ClauseLine['answer'] {
  return answer === 'met' || answer === 'missing' || answer === 'not-needed' ? answer : 'open';
}

/** Asked, and neither in the contract nor found unnecessary for a reason. */
export const missingClauses = (contract: Answered, isCritical: boolean): ClauseLine[] =>
  clauseLines(contract, isCritical).filter(
    ({ answer }) => answer === 'missing' || answer === 'open',
  );
