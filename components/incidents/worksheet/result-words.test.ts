import { describe, expect, it } from 'vitest';
import { classifyIncident } from '#lib/incidents/classification.ts';
import { assessThreat } from '#lib/incidents/cyber-threat.ts';
import { resultWords } from './result-words.ts';

const incident = (facts: Parameters<typeof classifyIncident>[0]) =>
  resultWords({ sort: 'incident', digest: '', ...classifyIncident(facts) });
const threat = (facts: Parameters<typeof assessThreat>[0]) =>
  resultWords({ sort: 'threat', digest: '', ...assessThreat(facts) });

describe('the result of a worksheet in one sentence', () => {
  it('names the article and the thresholds that make an incident major', () => {
    const { sentence, isMet } = incident({
      cs_b_authorised_services: true,
      reputational: { a_media: true },
      gross_costs_eur: '100000.01',
    });
    expect(isMet).toBe(true);
    expect(sentence).toBe(
      'Major by Article 8(1)(b): critical services are affected and two thresholds are met: reputational impact; economic impact.',
    );
  });

  it('names the malicious access where it suffices alone', () => {
    const { sentence } = incident({
      cs_c_malicious_access: true,
      malicious_access_may_cause_data_loss: true,
    });
    expect(sentence).toMatch(/^Major by Article 8\(1\)\(a\)/);
  });

  it('says what is missing while an answer might still make it major', () => {
    const { isMet, isOpen, missing, sentence } = incident({
      cs_b_authorised_services: true,
      reputational: { a_media: true },
    });
    expect([isMet, isOpen]).toEqual([false, true]);
    expect(sentence).toBe(
      'Not major as far as is known: critical services are affected, and one of the two thresholds is met: reputational impact (Article 8(1)(b)).',
    );
    expect(missing).toContain('Economic impact (Art 9(6))');
    expect(missing).not.toContain('Reputational impact (Art 9(2))');
  });

  it('asks for nothing more where no critical services are affected', () => {
    const no = { cs_a_cif_systems: false, cs_b_authorised_services: false };
    const { isOpen, missing, sentence } = incident({ ...no, cs_c_malicious_access: false });
    expect([isOpen, missing]).toEqual([false, []]);
    expect(sentence).toMatch(/^Not major: no critical services/);
  });

  it('says of a threat which of the three conditions are open, or which is not met', () => {
    expect(threat({})).toMatchObject({ isMet: false, isOpen: true });
    expect(threat({}).missing).toHaveLength(3);
    const failed = threat({ could_affect_critical_functions: false, could_affect_others: false });
    expect(failed).toMatchObject({ isOpen: false, missing: [] });
    expect(failed.sentence).toMatch(/not met: What it could affect \(Art 10\(1\)\(a\)\)\.$/);
  });
});
