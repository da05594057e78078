/** Says what went wrong or was done, as the application's log does. */
export interface Teller {
  info(told: object, message: string): void
  error(told: object, message: string): void
}
