/*
 * Runs in the browser before anything else of ours. Our content security policy asks for a trusted
 * type wherever a text could become code. The one place where that happens is the bundler's loader,
 * which sets the address of a script; this policy lets it, for the build's own files only. No other
 * policy may be made, and there is none for HTML or inline scripts, so those stay closed.
 */
type ScriptPolicy = { createScriptURL: (address: string) => string | null };
type PolicyFactory = { createPolicy: (name: string, policy: ScriptPolicy) => unknown };

const factory = (globalThis as { trustedTypes?: PolicyFactory }).trustedTypes;

factory?.createPolicy('default', {
  createScriptURL: (address) => {
    const { origin, pathname } = new URL(address, location.href);
    return origin === location.origin && pathname.startsWith('/_next/static/') ? address : null;
  },
});
