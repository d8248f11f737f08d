/** JSON from outside, read so that no two readers can understand it differently. */

type Answer = { ok: true; value: unknown } | { ok: false };

/** Members as the text spells them: outside strings, a colon stands in no other place of valid JSON. */
function countColons(text: string): number {
  let colons = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const mark = text[at];
    if (inString && mark === '\\') at += 1;
    else if (mark === '"') inString = !inString;
    else if (!inString && mark === ':') colons += 1;
  }
  return colons;
}

function countMembers(root: unknown): number {
  let members = 0;
  const open: unknown[] = [root];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value !== 'object' || value === null) continue;
    const inside = Object.values(value);
    if (!Array.isArray(value)) members += inside.length;
    open.push(...inside);
  }
  return members;
}

/**
 * Parses bytes as JSON: valid UTF-8 without a byte order mark, at most `maxBytes`, and no object
 * with the same key twice (where parsers differ about which one counts).
 */
export function readStrictJson(bytes: Uint8Array, maxBytes: number): Answer {
  if (bytes.length > maxBytes) return { ok: false };
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    const value: unknown = JSON.parse(text);
    // A repeated key leaves fewer members than colons.
    return countColons(text) === countMembers(value) ? { ok: true, value } : { ok: false };
  } catch {
    return { ok: false };
  }
}
