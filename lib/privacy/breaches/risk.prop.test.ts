/** The rule of risk: what is worse is never judged milder, and what nobody can read is no likely risk. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  changes,
  crowds,
  dataKinds,
  disclosures,
  findRisk,
  likelihoods,
  outages,
  recognitions,
  type RiskFactors,
} from './risk.ts';

const scales = {
  data: Object.keys(dataKinds),
  recognition: Object.keys(recognitions),
  disclosure: Object.keys(disclosures),
  change: Object.keys(changes),
  outage: Object.keys(outages),
  crowd: Object.keys(crowds),
  likelihood: Object.keys(likelihoods),
} as const;
const levels = ['unlikely', 'likely', 'high'];
const levelOf = (factors: RiskFactors) => levels.indexOf(findRisk(factors).risk);

const factors = fc.record({
  ...(Object.fromEntries(
    Object.entries(scales).map(([name, steps]) => [name, fc.constantFrom(...steps)]),
  ) as Record<keyof typeof scales, fc.Arbitrary<string>>),
  isMalicious: fc.boolean(),
  isVulnerable: fc.boolean(),
  isUnintelligible: fc.boolean(),
}) as fc.Arbitrary<RiskFactors>;

test('no factor that is worse makes the risk lower', () => {
  fc.assert(
    fc.property(factors, (one) => {
      for (const [name, steps] of Object.entries(scales)) {
        const at = steps.indexOf(one[name as keyof typeof scales]);
        for (const worse of steps.slice(at + 1))
          expect(levelOf({ ...one, [name]: worse }), name).toBeGreaterThanOrEqual(levelOf(one));
      }
      for (const name of ['isMalicious', 'isVulnerable'] as const)
        expect(levelOf({ ...one, [name]: true }), name).toBeGreaterThanOrEqual(
          levelOf({ ...one, [name]: false }),
        );
    }),
  );
});

test('what can’t be read and was neither changed nor out of reach is no likely risk, and is never worse for it', () => {
  fc.assert(
    fc.property(factors, (one) => {
      const sealed = { ...one, isUnintelligible: true };
      expect(levelOf(sealed)).toBeLessThanOrEqual(levelOf({ ...one, isUnintelligible: false }));
      if (one.change === 'none' && one.outage === 'none')
        expect(findRisk(sealed).risk).toBe('unlikely');
    }),
  );
});

const mild: RiskFactors = {
  data: 'simple',
  recognition: 'limited',
  disclosure: 'known',
  change: 'none',
  outage: 'none',
  crowd: 'few',
  isMalicious: false,
  isVulnerable: false,
  isUnintelligible: false,
  likelihood: 'remote',
};

test.each([
  ['one letter to a wrong address that came back', {}, 'unlikely', 'low'],
  [
    'a list of clients with holdings, sent to an unknown address',
    {
      data: 'financial',
      recognition: 'significant',
      disclosure: 'unknown',
      likelihood: 'possible',
    },
    'likely',
    'medium',
  ],
  [
    'identity documents of thousands taken by an attacker',
    {
      data: 'sensitive',
      recognition: 'maximum',
      disclosure: 'unknown',
      crowd: 'thousands',
      isMalicious: true,
      likelihood: 'likely',
    },
    'high',
    'very high',
  ],
  [
    'an encrypted disk with everything on it, lost',
    {
      data: 'sensitive',
      recognition: 'maximum',
      disclosure: 'unknown',
      isUnintelligible: true,
      likelihood: 'possible',
    },
    'unlikely',
    'very high',
  ],
] as const)('%s', (_, more, risk, severity) => {
  expect(findRisk({ ...mild, ...more })).toMatchObject({ risk, severity });
});

test('every step to the answer is said, with its points', () => {
  expect(findRisk({ ...mild, isMalicious: true }).reasons).toEqual([
    'Kind of data (simple: names, contacts, preferences) 1 times recognition (with much effort) 2: 2 points.',
    'Seen by others (few, and we know whom): 1 more.',
    'On purpose (yes): 2 more.',
    'Severity is low (5 points; medium from 8, high from 12, very high from 16).',
    'That it comes to that is possible, and no less where it was on purpose.',
    'Severity times likelihood is 2: a risk is likely from 3, a high one from 8.',
  ]);
});
