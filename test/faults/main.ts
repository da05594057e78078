import { backup } from './backup.ts'
import { clock } from './clock.ts'
import { deadline } from './deadline.ts'
import { failingDisk } from './failing-disk.ts'
import { failover } from './failover.ts'
import { frozen } from './frozen.ts'
import { fullDisk } from './full-disk.ts'
import { killed } from './killed.ts'
import { migration } from './migration.ts'
import { powerCut } from './power-cut.ts'
import { rotation } from './rotation.ts'
import { clearAll, type Fault, isSound, NotHere, type Trial, tried } from './trial.ts'
import { work } from './work.ts'

// `npm run faults`: what can break is broken, on real processes, files and servers. `npm run faults -- NAME …` breaks only
// what is named. It fails where anything acknowledged is lost or doubled, and where a control is not; 2 says that
// something could not be tried on this machine.
const faults: Fault[] = [
  killed,
  fullDisk,
  failingDisk,
  powerCut,
  failover,
  deadline,
  clock,
  frozen,
  backup,
  migration,
  rotation,
  work,
]

const columns = [7, 7, 6, 8, 8] as const
const asked = process.argv.slice(2)
const strangers = asked.filter((name) => faults.every((fault) => fault.name !== name))
if (strangers.length > 0) {
  process.stderr.write(
    `no fault ${strangers.join(', ')}; there are ${faults.map(({ name }) => name).join(', ')}\n`,
  )
  process.exit(1)
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void clearAll().finally(() => process.exit(1)))
}

row(['acked', 'stored', 'lost', 'doubled', 'seconds'], '', '')
let code = 0
for (const { name, trials } of faults) {
  if (asked.length > 0 && !asked.includes(name)) continue
  for (const trial of trials) code = worse(code, await done(name, trial))
}
process.exit(code)

/** @returns 0 where it came out as it has to, 1 where not, 2 where it could not be tried */
async function done(name: string, trial: Trial): Promise<number> {
  const said = `${name}: ${trial.what}`
  try {
    const outcome = await tried(trial, 'full')
    const isRight = isSound(outcome) !== Boolean(trial.isControl)
    const { acknowledged, stored, lost, doubled, seconds } = outcome
    row([acknowledged, stored, lost, doubled, seconds?.toFixed(1) ?? ''], isRight ? 'ok' : 'WRONG', said)
    for (const wrong of outcome.wrong) process.stdout.write(`    ${wrong}\n`)
    return isRight ? 0 : 1
  } catch (error) {
    if (error instanceof NotHere) {
      row(['', '', '', '', ''], 'not tried', `${said} (${error.message})`)
      return 2
    }
    row(['', '', '', '', ''], 'WRONG', `${said}: ${error instanceof Error ? error.stack : error}`)
    return 1
  }
}

function row(cells: (string | number)[], verdict: string, said: string): void {
  const numbers = cells.map((cell, place) => String(cell).padStart(columns[place] ?? 0))
  process.stdout.write(`${numbers.join('')}  ${verdict.padEnd(9)}  ${said}\n`)
}

function worse(one: number, other: number): number {
  return one === 1 || other === 1 ? 1 : Math.max(one, other)
}
