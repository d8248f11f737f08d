import { describe, expect, it } from 'vitest';
import { isDismissal, keyProblem } from './key-problem.ts';

const named = (name: string, cause?: unknown) => Object.assign(new Error('x', { cause }), { name });

describe('keyProblem', () => {
  it('tells a dismissed request from a key that is registered already', () => {
    expect(keyProblem(named('NotAllowedError'))).toContain('No key answered');
    expect(keyProblem(named('InvalidStateError'), 'register')).toContain('registered already');
  });

  it('knows a request that somebody closed from one that went wrong', () => {
    expect(isDismissal(named('AbortError'))).toBe(true);
    expect(isDismissal(named('WebAuthnError', named('NotAllowedError')))).toBe(true);
    expect(isDismissal(named('SecurityError'))).toBe(false);
    expect(isDismissal(null)).toBe(false);
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
