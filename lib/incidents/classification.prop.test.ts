import fc from 'fast-check';
import { expect, test } from 'vitest';
import { classifyIncident, findFactFault } from './classification.ts';
import { incidentFacts, worsened } from './testing/incident-facts.ts';

test('facts that can be are always classified, and the result agrees with itself', () => {
  fc.assert(
    fc.property(incidentFacts, (facts) => {
      expect(findFactFault(facts)).toBeNull();
      const result = classifyIncident(facts);
      const met = Object.values(result.thresholds_met).filter(Boolean).length;
      expect(result.major).toBe(
        result.critical_services_affected && (result.malicious_access_9_5_b || met >= 2),
      );
      expect(result.major).toBe(result.route !== 'not major');
      expect(result.route === '8(1)(a)').toBe(result.major && result.malicious_access_9_5_b);
    }),
    { numRuns: 2_000 },
  );
});

test('the lines of the worksheet say what the result says', () => {
  fc.assert(
    fc.property(incidentFacts, (facts) => {
      const { criteria, ...result } = classifyIncident(facts);
      const verdicts: Record<string, boolean> = {
        ...result.thresholds_met,
        critical_services_affected: result.critical_services_affected,
        malicious_access_9_5_b: result.malicious_access_9_5_b,
      };
      for (const { id, met, open, parts } of criteria) {
        expect(met).toBe(verdicts[id]);
        expect(met && open).toBe(false);
        // What is met was met by something that is known.
        if (met) expect(parts.some((part) => part.met === true && part.value !== null)).toBe(true);
        if (open) expect(parts.some((part) => part.met === null)).toBe(true);
        for (const part of parts) if (part.value === null) expect(part.met).not.toBe(true);
      }
    }),
    { numRuns: 1_000 },
  );
});

test('making facts worse never turns a major incident into one that is not', () => {
  fc.assert(
    fc.property(
      incidentFacts.chain((facts) => fc.tuple(fc.constant(facts), worsened(facts))),
      ([before, after]) => {
        const was = classifyIncident(before);
        const is = classifyIncident(after);
        expect(is.major || !was.major).toBe(true);
        for (const [name, met] of Object.entries(was.thresholds_met))
          expect(met && !is.thresholds_met[name as keyof typeof is.thresholds_met]).toBe(false);
      },
    ),
    { numRuns: 3_000 },
  );
});

test('anything at all is classified or refused with a field, and nothing else is thrown', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.anything(),
        fc.record(
          {
            clients_affected: fc.anything(),
            gross_costs_eur: fc.oneof(fc.double(), fc.string(), fc.anything()),
            duration: fc.anything(),
            member_states_impacted: fc.anything(),
            data_impact: fc.anything(),
            reputational: fc.anything(),
          },
          { requiredKeys: [] },
        ),
      ),
      (facts) => {
        const fault = findFactFault(facts);
        if (fault) expect(fault.reason.length).toBeGreaterThan(10);
        else expect(() => classifyIncident(facts as object)).not.toThrow();
      },
    ),
    { numRuns: 2_000 },
  );
});
