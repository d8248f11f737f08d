import { describe, expect, test } from 'vitest';
import { assessThreat, findThreatFault, type ThreatFacts } from './cyber-threat.ts';
import { FactError } from './facts.ts';
import { threatNames } from './threat-fields.ts';

const significant: ThreatFacts = {
  could_affect_critical_functions: true,
  weaknesses_can_be_exploited: false,
  actor_is_able_and_willing: true,
  persists_or_has_struck: false,
  probability_is_high: true,
  could_affect_critical_services: true,
};

describe('a cyber threat', () => {
  test('is significant when all three conditions are met', () => {
    const { criteria, ...verdict } = assessThreat(significant);
    expect(verdict).toEqual({ significant: true, open: false });
    expect(criteria.map(({ id, article, met }) => [id, article, met])).toEqual([
      ['reach', '10(1)(a)', true],
      ['probability', '10(1)(b)', true],
      ['criteria_it_could_meet', '10(1)(c)', true],
    ]);
  });

  test('that reaches only others is significant, too', () => {
    expect(
      assessThreat({
        ...significant,
        could_affect_critical_functions: false,
        could_affect_others: true,
      }).significant,
    ).toBe(true);
  });

  test.each([
    'could_affect_critical_functions',
    'probability_is_high',
    'could_affect_critical_services',
  ])('is not significant without %s, and open while that is not answered', (name) => {
    const others: ThreatFacts = {
      could_affect_others: false,
      could_meet_clients_and_transactions: false,
      could_meet_geographical_spread: false,
    };
    const facts = { ...significant, ...others };
    expect(assessThreat({ ...facts, [name]: false })).toMatchObject({
      significant: false,
      open: false,
    });
    expect(assessThreat({ ...facts, [name]: null })).toMatchObject({
      significant: false,
      open: true,
    });
  });

  test.each(['weaknesses_can_be_exploited', 'actor_is_able_and_willing', 'persists_or_has_struck'])(
    'has no high probability before %s was looked at',
    (name) => {
      expect(assessThreat({ ...significant, [name]: undefined })).toMatchObject({
        significant: false,
        open: true,
      });
      expect(assessThreat({ ...significant, [name]: false }).significant).toBe(true);
    },
  );

  test('may meet the other thresholds, which count only where they are considered', () => {
    const facts: ThreatFacts = {
      ...significant,
      could_affect_critical_services: false,
      could_meet_clients_and_transactions: false,
      could_meet_geographical_spread: false,
      could_meet_data_losses: true,
    };
    expect(assessThreat(facts)).toMatchObject({ significant: false, open: false });
    expect(assessThreat({ ...facts, other_thresholds_considered: true }).significant).toBe(true);
  });

  test('is refused where an answer is neither yes nor no', () => {
    const facts: unknown = { could_affect_others: 'yes' };
    expect(() => assessThreat(facts as ThreatFacts)).toThrow(FactError);
    expect(findThreatFault(facts)?.field).toBe('could_affect_others');
    expect(findThreatFault(significant)).toBeNull();
  });

  test('has a line for every question but no line twice', () => {
    const lines = assessThreat({}).criteria.flatMap(({ parts }) => parts.map(({ id }) => id));
    expect(lines.toSorted()).toEqual([...threatNames].toSorted());
  });
});
