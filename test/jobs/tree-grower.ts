import { desc, isNotNull } from 'drizzle-orm'
import { submissions } from '../../db/schema/index.ts'
import { readConfig } from '../../server/config.ts'
import { headPublishing, leafTaking } from '../../server/jobs/transparency.ts'
import { openPortal } from '../../server/open-portal.ts'
import { doSome } from './doing.ts'

/** A process that takes up 20 leaves each hour of its own clock, and publishes a head after each; it says what it has done. */
const opened = await openPortal(readConfig(process.env))
const [newest] = await opened.db.query
  .select({ at: submissions.leafAt })
  .from(submissions)
  .where(isNotNull(submissions.leafAt))
  .orderBy(desc(submissions.leafAt))
  .limit(1)
const start = newest?.at ?? new Date(process.env.START ?? '')
let hours = 0
const deps = { ...opened, now: () => new Date(start.getTime() + hours * 3_600_000) }
for (let taken = 1; taken > 0; ) {
  hours += 1
  process.stdout.write('taking\n')
  taken = await doSome(deps, { ...leafTaking, batch: 20 })
  process.stdout.write('leaves\n')
  await doSome(deps, headPublishing())
  process.stdout.write('head\n')
}
process.stdout.write('done\n')
await opened.db.close()
process.exit(0)
