import { spanFact } from './duration-text.ts';
import { figureFact } from './exact.ts';
import { reputationalFacts, type FigureName, type IncidentFacts, type ReadFacts } from './facts.ts';

/**
 * Facts that were read, as facts again: what is not known is left out, figures are numbers where those are exact and
 * decimal texts elsewhere. Reading them gives the same. Pure.
 */
export function writeFacts(read: ReadFacts): IncidentFacts {
  const answers = Object.entries(read.yesNo).filter(([, answer]) => answer !== null);
  const reputational = reputationalFacts.flatMap((name) => {
    const answer = read.yesNo[`reputational.${name}`];
    return answer === null ? [] : [[name, answer] as const];
  });
  const figures = (Object.keys(read.figures) as FigureName[]).flatMap((name) => {
    const figure = read.figures[name];
    return figure === null ? [] : [[name, figureFact(figure)] as const];
  });
  const { duration, downtime } = read.spans;
  return {
    ...Object.fromEntries(answers.filter(([name]) => !name.startsWith('reputational.'))),
    ...Object.fromEntries(figures),
    ...(reputational.length === 0 ? {} : { reputational: Object.fromEntries(reputational) }),
    ...(duration === null ? {} : { duration: spanFact(duration) }),
    ...(downtime === null ? {} : { downtime: spanFact(downtime) }),
    ...(read.states === null ? {} : { member_states_impacted: read.states }),
    ...(read.data === null ? {} : { data_impact: read.data }),
  };
}
