/**
 * What counts of a browser's answer after a key press, and what of it is kept. Signed are the
 * client data and the authenticator data; whatever else comes along is nobody's word. Pure.
 */
import { assertionJson, type AssertionJson } from '#lib/protocol/statement.ts';

/** Real extension results are a few flags; more than this is no answer of a browser. */
const depthMax = 4;
const valuesMax = 64;

/** The answer as evidence, or null when it has a form that no browser sends. */
export function readAssertion(input: unknown): AssertionJson | null {
  const parsed = assertionJson.safeParse(input);
  if (!parsed.success || !isSmallJson(resultsOf(input))) return null;
  return evidenceOf(parsed.data);
}

/** As they came: the contract drops them, whatever they are. */
const resultsOf = (input: unknown): unknown =>
  typeof input === 'object' && input !== null && 'clientExtensionResults' in input
    ? (input.clientExtensionResults ?? {})
    : {};

function evidenceOf({ id, rawId, type, response }: AssertionJson): AssertionJson {
  const { clientDataJSON, authenticatorData, signature, userHandle } = response;
  return {
    id,
    rawId,
    type,
    response: {
      clientDataJSON,
      authenticatorData,
      signature,
      ...(userHandle === null || userHandle === undefined ? {} : { userHandle }),
    },
    clientExtensionResults: {},
  };
}

/** True for plain JSON values of a bounded depth and number; looks at no more than that. */
function isSmallJson(value: unknown): boolean {
  let seen = 0;
  const fits = (part: unknown, depth: number): boolean => {
    seen += 1;
    if (seen > valuesMax || depth > depthMax) return false;
    if (part === null || typeof part === 'boolean' || typeof part === 'string') return true;
    if (typeof part === 'number') return Number.isFinite(part);
    if (typeof part !== 'object') return false;
    if (Array.isArray(part)) return part.every((entry) => fits(entry, depth + 1));
    const prototype: unknown = Object.getPrototypeOf(part);
    if (prototype !== Object.prototype && prototype !== null) return false;
    return Object.values(part).every((entry) => fits(entry, depth + 1));
  };
  return fits(value, 0);
}
