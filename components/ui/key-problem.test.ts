import { describe, expect, it } from 'vitest';
import { keyProblem } from './key-problem.ts';

const named = (name: string, cause?: unknown) => Object.assign(new Error('x', { cause }), { name });

describe('keyProblem', () => {
  it('tells a dismissed request from a key that is registered already', () => {
    expect(keyProblem(named('NotAllowedError'))).toContain('No key answered');
    expect(keyProblem(named('InvalidStateError'), 'register')).toContain('registered already');
  });

  it('finds the cause under a wrapping error', () => {
    expect(keyProblem(named('WebAuthnError', named('NotAllowedError')), 'register')).toContain(
      'No key was made',
    );
  });

  it.each([undefined, null, 'text', 7, {}, named('constructor'), named('toString')])(
    'has a plain sentence for %j',
    (error) => {
      expect(keyProblem(error)).toMatch(/^[A-Z][^!]+\.$/);
    },
  );
});
