import { describe, expect, it } from 'vitest';
import {
  CAMERA_DOCUMENT,
  CAMERA_PAGES,
  EVERY_DOCUMENT,
  EVERY_RESPONSE,
  pagePolicy,
  transportSecurity,
} from './security-headers.ts';

const nonce = 'AAAAAAAAAAAAAAAAAAAAAAAA';
const https = 'https://console.example';
const page = pagePolicy({ nonce, origin: https, development: false });

function directive(name: string): string | undefined {
  return page.split('; ').find((text) => text.split(' ')[0] === name);
}

describe('pagePolicy', () => {
  it('has no unsafe source, no scheme and no foreign host', () => {
    expect(page).not.toMatch(/unsafe|data:|blob:|https?:|\*/);
  });

  it('runs scripts by nonce only', () => {
    expect(directive('script-src')).toBe(`script-src 'self' 'nonce-${nonce}' 'strict-dynamic'`);
    expect(directive('require-trusted-types-for')).toBe("require-trusted-types-for 'script'");
    expect(directive('trusted-types')).toBe('trusted-types default');
  });

  it('closes what it does not name, and framing, bases and plug-ins by name', () => {
    for (const name of ['default-src', 'base-uri', 'object-src', 'frame-ancestors']) {
      expect(directive(name)).toBe(`${name} 'none'`);
    }
  });

  it('loosens for the development server only', () => {
    expect(pagePolicy({ nonce, origin: https, development: true })).toContain("'unsafe-eval'");
  });
});

describe('transportSecurity', () => {
  it('binds an HTTPS origin and leaves a plain one alone', () => {
    expect(transportSecurity(https)).toContain('max-age=63072000');
    expect(transportSecurity('http://localhost:3000')).toBeNull();
  });
});

describe('constant headers', () => {
  it('let hardware keys be used by the console itself and by nothing else', () => {
    const policy = EVERY_DOCUMENT.find(({ key }) => key === 'Permissions-Policy')?.value;
    expect(policy).toContain('publickey-credentials-get=(self)');
    expect(policy).toContain('publickey-credentials-create=(self)');
    expect(policy).not.toContain('*');
  });

  it('give the camera to the pages of trips and to no other', () => {
    const policyOf = (headers: typeof EVERY_DOCUMENT) =>
      headers.find(({ key }) => key === 'Permissions-Policy')?.value ?? '';
    expect(policyOf(EVERY_DOCUMENT)).toContain('camera=()');
    const trip = policyOf(CAMERA_DOCUMENT);
    expect(trip).toContain('camera=(self)');
    expect(trip).not.toContain('camera=()');
    const rest = (policy: string) =>
      policy
        .split(', ')
        .filter((part) => !part.startsWith('camera='))
        .toSorted();
    expect(rest(trip)).toEqual(rest(policyOf(EVERY_DOCUMENT)));
    expect(CAMERA_PAGES).toBe('/cold/:operation');
  });

  it('close every response that is no page', () => {
    expect(EVERY_RESPONSE[0]?.value).toContain("default-src 'none'");
  });
});
