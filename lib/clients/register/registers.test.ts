import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endsOf, findStepFault, opened, registers, stepsOf, type Taken } from './registers.ts';

const fault = (taken: readonly Taken[], next: Taken) =>
  findStepFault('complaint', { opener: 'p-a', taken }, next);
const acknowledged: Taken = { step: 'acknowledged', actor: 'p-a' };

describe('the steps of a complaint', () => {
  it('has to be acknowledged before it is decided, and decided once', () => {
    expect(fault([], { step: 'decided', actor: 'p-b' })).toBe('not-now');
    expect(fault([acknowledged], { step: 'decided', actor: 'p-b' })).toBeNull();
    const decided = { step: 'decided', actor: 'p-b' };
    expect(fault([acknowledged, decided], decided)).toBe('not-now');
  });

  it('who took it in does not decide it, also after a notice of delay', () => {
    expect(fault([acknowledged], { step: 'decided', actor: 'p-a' })).toBe('same-person');
    const delayed = { step: 'delayed', actor: 'p-b' };
    expect(fault([acknowledged, delayed], { step: 'decided', actor: 'p-a' })).toBe('same-person');
    expect(fault([acknowledged, delayed], { step: 'decided', actor: 'p-b' })).toBeNull();
  });
});

it('who proposes what a loss is neither accepts nor declines it, whoever opened the case', () => {
  const taken = [{ step: 'proposed', actor: 'p-b' }];
  const by = (step: string, actor: string) =>
    findStepFault('loss', { opener: 'p-a', taken }, { step, actor });
  expect(by('accepted', 'p-b')).toBe('same-person');
  expect(by('declined', 'p-b')).toBe('same-person');
  expect(by('accepted', 'p-a')).toBeNull();
});

it('shares of a rights event are approved neither by who recorded it nor by who computed them', () => {
  const taken = [{ step: 'computed', actor: 'p-b' }];
  const by = (actor: string) =>
    findStepFault('rights-event', { opener: 'p-a', taken }, { step: 'approved', actor });
  expect(by('p-a')).toBe('same-person');
  expect(by('p-b')).toBe('same-person');
  expect(by('p-c')).toBeNull();
});

it('shares of a rights event are dropped by another than computed them, and an event without shares by anybody', () => {
  const by = (actor: string, taken: readonly Taken[]) =>
    findStepFault('rights-event', { opener: 'p-a', taken }, { step: 'dropped', actor });
  const computed = [{ step: 'computed', actor: 'p-b' }];
  expect(by('p-b', computed)).toBe('same-person');
  expect(by('p-a', computed)).toBeNull();
  expect(by('p-a', [])).toBeNull();
});

it('a word that is no step is refused in every register, and so is one of the language itself', () => {
  for (const register of registers)
    for (const step of ['opened', 'constructor', '__proto__', ''])
      expect(findStepFault(register, { opener: 'p-a', taken: [] }, { step, actor: 'p-b' })).toBe(
        'not-now',
      );
});

it('whatever was done in whatever order, an ended case takes no step any more', () => {
  const ends = new Set(Object.values(endsOf).flat());
  fc.assert(
    fc.property(
      fc.constantFrom(...registers),
      fc.array(fc.record({ pick: fc.nat(), actor: fc.constantFrom('p-a', 'p-b') }), {
        maxLength: 12,
      }),
      (register, tries) => {
        const names = Object.keys(stepsOf[register]);
        const taken: Taken[] = [];
        for (const { pick, actor } of tries) {
          const next = { step: names[pick % names.length] ?? opened, actor };
          if (findStepFault(register, { opener: 'p-a', taken }, next) === null) taken.push(next);
        }
        expect(taken.slice(0, -1).filter(({ step }) => ends.has(step))).toEqual([]);
      },
    ),
  );
});
