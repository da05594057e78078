import type { Writable } from 'node:stream'
import { SingleBar } from 'cli-progress'

/** A bar on the standard error, where that is a terminal: in a log a bar is noise. */
export function progressBar(stderr: Writable, format: string, total: number): SingleBar {
  const bar = new SingleBar({ format, stream: stderr, noTTYOutput: false, hideCursor: true })
  bar.start(total, 0)
  return bar
}
