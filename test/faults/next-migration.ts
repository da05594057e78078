import { rmSync } from 'node:fs'
import { migrate } from '../../db/migrate.ts'
import { nextVersion } from '../db/upgrades/next-version.ts'

// The start of a next version, in a process of its own: it has one step more, of these statements.
const [, , ...statements] = process.argv
const folder = nextVersion(statements)
process.once('exit', () => rmSync(folder, { recursive: true }))
process.stdout.write('migrating\n')
await migrate(process.env.DATABASE_URL ?? '', folder)
