import type { Readable, Writable } from 'node:stream'

/** What a command is given besides its words: a process has it, and so has a test. */
export interface Terminal {
  env: NodeJS.ProcessEnv
  stdin: Readable
  stdout: Writable
  stderr: Writable
}
