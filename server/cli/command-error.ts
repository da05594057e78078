/** What the person at the terminal has to put right; its message is all that they are shown. Exit code 1. */
export class CommandError extends Error {
  override name = 'CommandError'
}
