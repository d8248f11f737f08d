/** Secrets that others know or could guess. */

/** Secrets that the sandbox generates start with this; they lie in a file without further protection. */
export const SANDBOX_MARK = 'sandbox-';

/** How the secrets of samples and instructions begin. */
export const COMMON_SECRETS =
  /^(?:(?:change|replace)[-_ ]?me|secret|password|postgres|example|test|default|insecure)/i;

/** For long random secrets, not for passwords that people choose. */
export function isGuessable(secret: string): boolean {
  return (
    secret.startsWith(SANDBOX_MARK) || COMMON_SECRETS.test(secret) || new Set(secret).size < 12
  );
}
