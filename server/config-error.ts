/** A setting that cannot be used; its message tells the operator in one sentence what to change. */
export class ConfigError extends Error {
  override name = 'ConfigError'
}
