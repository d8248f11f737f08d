/** JSON as Bitcoin Core writes it: amounts as decimal numbers with eight places, never through a float. */

/** An amount that is written in bitcoin. */
export class BtcAmount {
  readonly satoshis: bigint;

  constructor(satoshis: bigint) {
    this.satoshis = satoshis;
  }
}

/** What the runtime offers beyond TypeScript's library. */
type RawJson = {
  stringify(value: unknown, replacer: (key: string, value: unknown) => unknown): string;
  rawJSON(text: string): unknown;
};
const json = JSON as unknown as RawJson;

/** Bigints become plain integers, amounts in bitcoin decimals of eight places. */
export const writeJson = (value: unknown): string =>
  json.stringify(value, (_key, member) => {
    if (member instanceof BtcAmount) return json.rawJSON(btcText(member.satoshis));
    return typeof member === 'bigint' ? json.rawJSON(member.toString()) : member;
  });

function btcText(satoshis: bigint): string {
  const digits = satoshis.toString().padStart(9, '0');
  return `${digits.slice(0, -8)}.${digits.slice(-8)}`;
}
