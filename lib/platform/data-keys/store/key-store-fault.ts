/** What keeps the key store from opening. It fails closed: nothing is made anew, nothing is kept in clear. */
export type KeyStoreFaultCode =
  | 'root-missing'
  | 'root-damaged'
  | 'top-missing'
  | 'top-damaged'
  | 'bucket-damaged'
  | 'copy-newer'
  | 'not-readable'
  | 'in-use'
  | 'folders-nested';

export class KeyStoreFault extends Error {
  readonly code: KeyStoreFaultCode;

  constructor(code: KeyStoreFaultCode, sentence: string) {
    super(sentence);
    this.name = 'KeyStoreFault';
    this.code = code;
  }
}
