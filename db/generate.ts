import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { listNewMigrations } from './migration-checksums.ts'

const drizzleKit = join(import.meta.dirname, '../node_modules/drizzle-kit/bin.cjs')

/** npm run db:generate -- <name>: the next step on each engine, from what has changed in the schema; none where nothing has. */
const [name, ...options] = process.argv.slice(2)
if (!name || !/^[a-z][a-z0-9_]*$/.test(name)) {
  process.stderr.write(
    'A step has a name of small letters, digits and _: npm run db:generate -- late_letters\n',
  )
  process.exit(1)
}
for (const url of ['file:', 'postgres:']) {
  execFileSync(process.execPath, [drizzleKit, 'generate', '--name', name, ...options], {
    env: { ...process.env, DATABASE_URL: url },
    stdio: 'inherit',
  })
}
for (const file of listNewMigrations(join(import.meta.dirname, 'migrations'))) {
  process.stdout.write(`db/migrations/${file} is new. Read it before you commit it.\n`)
}
