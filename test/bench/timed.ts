import { monitorEventLoopDelay, performance } from 'node:perf_hooks'

/** How long work takes, and how long it keeps the event loop from others. */
export async function timed(
  work: () => Promise<void>,
): Promise<{ elapsed: number; cpu: number; loop: string }> {
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  const started = performance.now()
  const before = process.cpuUsage()
  await work()
  const elapsed = performance.now() - started
  const { user, system } = process.cpuUsage(before)
  delay.disable()
  const milliseconds = (nanoseconds: number) => (nanoseconds / 1e6).toFixed(0)
  const loop = `loop p99 ${milliseconds(delay.percentile(99))} ms, max ${milliseconds(delay.max)} ms`
  return { elapsed, cpu: (user + system) / 1000, loop }
}

/** Beside other work the time says more of that; what the processor did, all threads together, says what it costs. */
export function each(elapsed: number, cpu: number, all: number): string {
  const microseconds = (milliseconds: number) => `${((milliseconds * 1000) / all).toFixed(0)} µs`
  return `${microseconds(elapsed)} each, ${microseconds(cpu)} of processor`
}

export function percent(part: number, whole: number): string {
  return `${((part / whole) * 100).toFixed(2)} %`
}

/** A line of figures. */
export function print(what: string, figures: string[]): void {
  process.stdout.write(`${what.padEnd(72)}${figures.join('   ')}\n`)
}
