/** What the Bitcoin stand-in uses of bitcore-lib 11, which comes without types. */
declare module 'bitcore-lib' {
  export class Script {
    static Interpreter: typeof Interpreter;
    static fromAddress(address: Address): Script;
    constructor(bytes?: Buffer | string);
    toBuffer(): Buffer;
    toHex(): string;
    /** False where the script pays no address. */
    toAddress(network: string): Address | false;
  }
  export class Address {
    static fromString(text: string, network: string): Address;
    toString(): string;
  }
  export class Output {
    constructor(fields: { script: Script; satoshis: number });
    script: Script;
    satoshis: number;
  }
  export class Input {
    script: Script;
    output: Output;
    sequenceNumber: number;
    getWitnesses(): Buffer[];
  }
  export class Transaction {
    static Output: typeof Output;
    constructor(bytes?: Buffer);
    inputs: Input[];
    outputs: Output[];
    readonly id: string;
    toBuffer(): Buffer;
    from(coin: {
      txId: string;
      outputIndex: number;
      script: string;
      satoshis: number;
    }): Transaction;
    addOutput(output: Output): Transaction;
    change(address: Address): Transaction;
    fee(satoshis: number): Transaction;
    sign(key: PrivateKey): Transaction;
  }
  export class PrivateKey {
    constructor(hex: string, network: string);
    toAddress(network: string, type: 'witnesspubkeyhash'): Address;
  }
  export class Interpreter {
    static SCRIPT_VERIFY_P2SH: number;
    static SCRIPT_VERIFY_STRICTENC: number;
    static SCRIPT_VERIFY_DERSIG: number;
    static SCRIPT_VERIFY_LOW_S: number;
    static SCRIPT_VERIFY_NULLDUMMY: number;
    static SCRIPT_VERIFY_MINIMALDATA: number;
    static SCRIPT_VERIFY_CHECKLOCKTIMEVERIFY: number;
    static SCRIPT_VERIFY_CHECKSEQUENCEVERIFY: number;
    static SCRIPT_VERIFY_WITNESS: number;
    static SCRIPT_VERIFY_DISCOURAGE_UPGRADABLE_WITNESS_PROGRAM: number;
    static SCRIPT_VERIFY_MINIMALIF: number;
    static SCRIPT_VERIFY_NULLFAIL: number;
    static SCRIPT_VERIFY_WITNESS_PUBKEYTYPE: number;
    static SCRIPT_VERIFY_TAPROOT: number;
    static SCRIPT_VERIFY_DISCOURAGE_UPGRADABLE_TAPROOT_VERSION: number;
    static SCRIPT_VERIFY_DISCOURAGE_OP_SUCCESS: number;
    static SCRIPT_VERIFY_DISCOURAGE_UPGRADABLE_PUBKEYTYPE: number;
    errstr: string;
    verify(
      scriptSig: Script,
      scriptPubkey: Script,
      transaction: Transaction,
      input: number,
      flags: number,
      witness: Buffer[],
      satoshis: number,
    ): boolean;
  }
  export class Point {
    x: { toArray(endian: 'be', length: number): number[]; toBuffer(of?: unknown): Buffer };
    /** The point of this x whose y is even. */
    liftX: (this: Point) => Point;
  }
  const bitcore: {
    crypto: { Point: typeof Point };
    Script: typeof Script;
    Address: typeof Address;
    Transaction: typeof Transaction;
    PrivateKey: typeof PrivateKey;
  };
  export default bitcore;
}
