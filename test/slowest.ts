import type { Reporter, TestModule } from 'vitest/node'

const most = 10

/** Names, at the end of a run, the ten files that took longest: that is where the next minute is to be had. */
export class Slowest implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const files = modules.map((module) => ({
      name: `${module.project.name} ${module.relativeModuleId}`,
      seconds: module.diagnostic().duration / 1000,
    }))
    const slowest = files.sort((a, b) => b.seconds - a.seconds).slice(0, most)
    const lines = slowest.map(({ name, seconds }) => `${seconds.toFixed(1).padStart(8)} s  ${name}`)
    process.stdout.write(`\n The slowest files\n${lines.join('\n')}\n\n`)
  }
}
