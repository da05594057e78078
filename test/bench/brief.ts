import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '../../db/open.ts'
import { briefSection, findBrief, renewBrief } from '../../db/queries/briefs/briefs.ts'
import { createSeals } from '../../db/sealing/sealed.ts'
import { readConfig } from '../../server/config.ts'
import { briefMaking } from '../../server/jobs/briefs/briefs.ts'
import { TextThread } from '../../server/jobs/text-thread.ts'
import { theWhole } from '../../server/rules/briefs/brief.ts'
import { shanghaiDay } from '../../server/rules/days.ts'
import { opinions } from '../text/opinions.ts'
import { fillInto } from './million.ts'

/*
 * `npm run bench -- brief 100000`: what making a brief of so many different comments takes, from the order to what is kept,
 * as the background makes it: seconds of a processor of the whole process, the longest turn in which nobody else was
 * served, and the most memory.
 */
export async function measureBrief(count: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'portal-brief-'))
  const url = `file:${join(folder, 'portal.db')}`
  const db = await openDatabase({ url })
  const texts = opinions().map(({ text }) => text)
  const textOf = (number: number) => texts[number % texts.length] ?? ''
  try {
    // Each with two of the marked opinions, and no two the same.
    const consultation = await fillInto(
      db,
      count,
      'published',
      (number) => `${textOf(number)}${textOf(number * 7 + Math.floor(number / texts.length))}第${number}户。`,
    )
    const config = readConfig({
      DATABASE_URL: url,
      DATA_DIR: folder,
      SECRET_KEY: Buffer.alloc(32, 7).toString('base64'),
    })
    const seals = createSeals(config.secretKey)
    const deps = { config, db, seals, texts: new TextThread(), now: () => new Date() }
    const day = shanghaiDay(deps.now())
    await renewBrief(db, consultation.id, day, deps.now())
    const [began, before, turns] = [performance.now(), process.cpuUsage(), watchTurns()]
    const kind = briefMaking()
    for (let keys = await kind.waiting(deps, 1); keys.length > 0; keys = await kind.waiting(deps, 1))
      await kind.work(deps, keys, teller)
    const { user, system } = process.cpuUsage(before)
    const longest = turns.stop()
    const { done } = (await findBrief(db, consultation.id, day)) ?? {}
    const said = await briefSection(db, consultation.id, day, theWhole)
    const figures = [
      `${count} comments, ${done} read, ${said?.counts.points} points`,
      `${((user + system) / 1e6).toFixed(0)} s of a processor`,
      `${((performance.now() - began) / 1000).toFixed(0)} s`,
      `longest turn ${longest.toFixed(0)} ms`,
      `peak memory ${/VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]} kB`,
    ]
    process.stdout.write(`${figures.join(', ')}\n`)
    await deps.texts.close()
  } finally {
    await db.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

const teller = {
  info() {},
  error(told: object) {
    throw new Error('the brief failed', { cause: told })
  },
}

/** How long, at most, somebody who came had to wait for a turn. */
function watchTurns() {
  let [last, longest] = [performance.now(), 0]
  const timer = setInterval(() => {
    longest = Math.max(longest, performance.now() - last - 5)
    last = performance.now()
  }, 5)
  return {
    stop: () => {
      clearInterval(timer)
      return longest
    },
  }
}
