import './preload.js'
import closeWithGrace from 'close-with-grace'
import { hasStaff } from '../db/queries/staff/staff.ts'
import { buildApp } from './app.ts'
import { readConfig } from './config.ts'
import { entrancesOf } from './demonstration/entrances.ts'
import { demonstrate } from './demonstration/index.ts'
import { keepCounting } from './jobs/fetch-counting.ts'
import { follow } from './jobs/following.ts'
import { listen } from './listening.ts'
import { openPortal } from './open-portal.ts'
import { operatorProblem } from './operator-problem.ts'
import { seedIfEmpty } from './seed.ts'
import { notStopping, stopServing } from './stopping.ts'
import { firstSteps, madeAccounts, welcome } from './welcome.ts'

// Whatever it writes is for the portal alone.
process.umask(0o077)

try {
  await serve()
} catch (error) {
  const said = operatorProblem(error) ?? (error instanceof Error ? error.stack : error)
  process.stderr.write(`${String(said)}\n`)
  process.exit(1)
}

async function serve(): Promise<void> {
  const isDemonstration = process.argv.includes('--demo')
  const config = readConfig(
    isDemonstration ? { DATA_DIR: 'data/demonstration', ...process.env } : process.env,
  )
  const deps = await openPortal(config)
  const accounts = isDemonstration ? await demonstrate(deps) : null
  // Before anything can fail: the passwords are kept nowhere.
  if (accounts) process.stdout.write(madeAccounts(accounts))
  if (!config.production) await seedIfEmpty(deps)
  const entrances = isDemonstration ? await entrancesOf(deps) : []
  const stopping = notStopping()
  const app = await buildApp(deps, { entrances, stopping })
  const stopFollowing = follow(deps, app.log)
  const stopCounting = keepCounting(app)
  closeWithGrace({ delay: 10_000 }, async ({ err }) => {
    if (err) app.log.fatal({ err }, 'the portal ends: it cannot go on after this')
    const followed = stopFollowing()
    await stopServing(app, stopping, { notice: config.production ? 2_000 : 0, patience: 1_500 })
    await followed
    await stopCounting()
    await deps.db.close()
  })
  const isStaffed = await hasStaff(deps.db)
  const address = await listen(app, config)
  process.stdout.write(welcome(config, address, entrances))
  if (!isStaffed) process.stdout.write(firstSteps(config))
}
