/** What is on record of a client outside the time in which the person is known to be it, so that no copy reads like a whole one. */
import { clientsOf, wholeSpans, type Subject } from '../collect/spans.ts';
import type { Reader } from '../collect/system.ts';
import { systemOf, type SystemCode } from '../collect/systems.ts';
import { refusalGrounds, type RefusalGround } from '../requests/life.ts';
import type { LeftOut } from './package-schema.ts';

/** Systems whose records are a client's, and a person's by their tie alone. */
const ofClients: ReadonlySet<SystemCode> = new Set([
  'ledger',
  'operations',
  'destinations',
  'statements',
  'registers',
  'incidents',
]);

const outOn = 'others-rights' satisfies RefusalGround;

type Asked = {
  /** What the copy holds. */
  codes: readonly SystemCode[];
  /** Of the right that is asked for. */
  article: '15(4)' | '20(4)';
};

/**
 * Records of the clients of whom the copy tells that lie before, between or after their ties: they may be somebody else's.
 * @param subject with the spans of which the copy tells.
 */
export async function leftOutAround(
  db: Reader,
  subject: Subject,
  { codes, article }: Asked,
): Promise<LeftOut[]> {
  if (subject.spans.every(({ from, until }) => from === null && until === null)) return [];
  const whole = { id: subject.id, spans: wholeSpans(clientsOf(subject.spans)) };
  let records = 0;
  for (const system of codes.filter((code) => ofClients.has(code)).map(systemOf))
    records += (await system.count(db, whole)) - (await system.count(db, subject));
  return records === 0
    ? []
    : [
        {
          what: 'Records from before or after the time in which you are on record as the client',
          records,
          ground: outOn,
          why: `${refusalGrounds[outOn].name} (Article ${article} GDPR): that you were the client then is not on record`,
        },
      ];
}
