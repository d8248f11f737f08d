/**
 * The document of portability for machines, a piece at a time: values that the person provided, and what their use of the
 * service made (Article 20(1) GDPR; WP 242 rev.01: observed data count as provided, what was concluded from them does not).
 */
import type { Reader } from '../collect/system.ts';
import { systemOf } from '../collect/systems.ts';
import {
  portableRecords,
  type PackageHead,
  type PortabilityPackage,
  type PortableSystem,
} from './package-schema.ts';
import type { Counted } from './write-access.ts';

export const portableSystems = Object.keys(portableRecords) as PortableSystem[];

/** Characters that are gathered before they are passed on. */
const pieceLength = 65_536;

/** @param counts filled with how many records of each system were written. */
export async function* portabilityJson(
  db: Reader,
  head: PackageHead,
  values: PortabilityPackage['values'],
  counts: Counted,
): AsyncGenerator<string> {
  const start = { type: 'countersign/portability-package/v2', ...head, values };
  yield JSON.stringify(start).slice(0, -1);
  for (const code of portableSystems) {
    const shape = portableRecords[code];
    const told = new Set(Object.keys(shape.shape));
    let piece = `,${JSON.stringify(code)}:[`;
    let count = 0;
    for await (const { ref, at, facts } of systemOf(code).items(db, head.person)) {
      const own = Object.fromEntries(Object.entries(facts).filter(([name]) => told.has(name)));
      piece += `${count === 0 ? '' : ','}\n${JSON.stringify({ ref, at, ...own })}`;
      count += 1;
      if (piece.length < pieceLength) continue;
      counts.set(code, count);
      yield piece;
      piece = '';
    }
    counts.set(code, count);
    yield `${piece}]`;
  }
  yield '}\n';
}
