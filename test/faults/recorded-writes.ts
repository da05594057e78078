import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'

/** What was done to a file of the database; times in milliseconds. */
export type Recorded = { at: number; file: string } & (
  | { act: 'write'; offset: number; bytes: Buffer }
  | { act: 'truncate'; size: number }
  | { act: 'make' | 'remove' | 'sync' }
)

const calls = 'openat,pwrite64,write,fsync,fdatasync,ftruncate,unlink,rename'

/** The words in front of a program of which all that it does to these files is written into `log`. */
export function recording(log: string, files: string[]): string[] {
  const only = files.flatMap((file) => ['-P', file])
  const whole = ['-y', '-xx', '-s', '1048576', '-ttt']
  return ['strace', '-D', '-f', '--seccomp-bpf', ...whole, '-e', `trace=${calls}`, ...only, '-o', log]
}

/** What was recorded, in the order in which it was done. @throws Error at a line that it does not know */
export async function* recorded(log: string): AsyncGenerator<Recorded> {
  const begun = new Map<string, string>()
  for await (const line of createInterface({ input: createReadStream(log) })) {
    const [, thread = '', at = '', said = ''] = /^(\d+) +([\d.]+) (.*)$/.exec(line) ?? []
    if (/^(\+\+\+|---)/.test(said)) continue
    const unfinished = / <unfinished \.\.\.>$/.exec(said)
    if (unfinished) begun.set(thread, said.slice(0, unfinished.index))
    else {
      const resumed = /^<\.\.\. \w+ resumed>/.exec(said)?.[0] ?? ''
      const whole = resumed ? (begun.get(thread) ?? '') + said.slice(resumed.length) : said
      const act = actOf(whole)
      if (act) yield { at: Number(at) * 1000, ...act } as Recorded
    }
  }
}

/** null for what failed, changed nothing, or was cut off by the end. */
function actOf(line: string): object | null {
  if (/= \?$/.test(line)) return null
  const [, call = '', words = '', result = ''] = /^(\w+)\((.*)\) += (-?\d+)/.exec(line) ?? []
  if (result.startsWith('-')) return null
  const [, file = ''] = /^-?\d+<([^>]*)>/.exec(words) ?? []
  switch (call) {
    case 'pwrite64': {
      const [, bytes = '', , offset = ''] = /"([^"]*)", (\d+), (\d+)$/.exec(words) ?? []
      return { act: 'write', file: pathIn(file), offset: Number(offset), bytes: bytesIn(bytes) }
    }
    case 'fsync':
    case 'fdatasync':
      return { act: 'sync', file: pathIn(file) }
    case 'ftruncate':
      return { act: 'truncate', file: pathIn(file), size: Number(/, (\d+)$/.exec(words)?.[1]) }
    case 'unlink':
      return { act: 'remove', file: pathIn(/"([^"]*)"/.exec(words)?.[1] ?? '') }
    case 'openat':
      return words.includes('O_CREAT')
        ? { act: 'make', file: pathIn(/"([^"]*)"/.exec(words)?.[1] ?? '') }
        : null
  }
  throw new Error(`a call that is not replayed: ${line.slice(0, 200)}`)
}

/** strace writes each byte of a path, and of what is written, as `\x2f`. */
const bytesIn = (text: string) => Buffer.from(text.replaceAll('\\x', ''), 'hex')
const pathIn = (text: string) => (text.includes('\\x') ? bytesIn(text).toString() : text)
