/**
 * The document of portability for machines, a piece at a time: values that the person provided, and what their use of the
 * service made (Article 20(1) GDPR; WP 242 rev.01: observed data count as provided, what was concluded from them does not).
 */
import type { Subject } from '../collect/spans.ts';
import type { CollectedItem, Reader } from '../collect/system.ts';
import {
  portableRecords,
  type PackageHead,
  type PortabilityPackage,
  type PortableSystem,
} from './package-schema.ts';
import { recordPieces, type Counted } from './record-pieces.ts';

export const portableSystems = Object.keys(portableRecords) as PortableSystem[];

/** @param counts filled with how many records of each system were written. */
export async function* portabilityJson(
  db: Reader,
  head: PackageHead,
  {
    subject,
    values,
    leftOut,
  }: { subject: Subject } & Pick<PortabilityPackage, 'values' | 'leftOut'>,
  counts: Counted,
): AsyncGenerator<string> {
  const start = { type: 'countersign/portability-package/v3', ...head, values, leftOut };
  yield JSON.stringify(start).slice(0, -1);
  for (const code of portableSystems) {
    const told = new Set(Object.keys(portableRecords[code].shape));
    const shown = ({ ref, at, facts }: CollectedItem): object => ({
      ref,
      at,
      ...Object.fromEntries(Object.entries(facts).filter(([name]) => told.has(name))),
    });
    yield `,${JSON.stringify(code)}:[`;
    yield* recordPieces(db, { code, subject }, shown, counts);
    yield ']';
  }
  yield '}\n';
}
