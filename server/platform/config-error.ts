/** A setting that stops the start; its message is for the administrator who reads the terminal. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(setting: string, fault: string, options?: ErrorOptions) {
    super(`${setting} ${fault}.`, options);
  }
}
