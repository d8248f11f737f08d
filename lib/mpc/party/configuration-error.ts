/** A setting that stops the start: its name and what is expected, never its value. */
export class ConfigurationError extends Error {
  override name = 'ConfigurationError';
  readonly setting: string;

  constructor(setting: string, expected: string) {
    super(`${setting} must be ${expected}.`);
    this.setting = setting;
  }
}
