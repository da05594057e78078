import { existsSync, globSync, readFileSync, statfsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { defineConfig } from 'vitest/config'
import { Slowest } from './test/slowest.ts'

const pure = [
  'test/{text,rules,static}/**/*.test.ts',
  'test/documents/**/!(comment-files|archive|grouped-summary).test.ts',
]
const browser = ['test/browser/**/*.test.ts']
/** Walks of all pages, and all that staff do: both engines take them, by whatever they are tried. */
const walks = globSync([
  'test/public/{every-page,drafts/compare,consultations/moderation}.test.ts',
  'test/{account,admin,moderation,office}/**/*.test.ts',
  'test/{reads,plans}.test.ts',
])
/** What can be told from ids, and which of them stand where, is the same on either engine. */
const ids = globSync('test/{staff-pages,public/linking,public/watching}.test.ts')
/** Files that import nothing of `db/` try pages and how commands are called: what they store is tried on both elsewhere. */
const ofNoEngine = globSync('test/**/*.test.ts').filter(
  (file) =>
    ids.includes(file) || (!walks.includes(file) && !/ from '(\.\.\/)+db\//.test(readFileSync(file, 'utf8'))),
)
/**
 * Limits that only a hung test reaches, on a slow and busy machine too. Files share their modules: loading the portal anew
 * for each took more than half of the time, and no test keeps state in a module.
 */
const patience = { testTimeout: 60_000, hookTimeout: 60_000, isolate: false }
const anyEngine = { include: ['test/**/*.test.ts'], ...patience }

/** Temporary files lie in memory where there is room: a quarter of the time went into waiting for the disk to sync them. */
const memory = '/dev/shm'
const roomWanted = 4 * 2 ** 30
if (existsSync(memory) && room(memory) > roomWanted) process.env.TMPDIR = memory

/** More than a third of what starting the portal takes goes into compiling it, and some eighty tests start a process of it. */
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, 'node_modules/.cache/node')
/** As npm's scripts load it before everything else, workers and what they start do. */
process.env.NODE_OPTIONS ??= `--import ${pathToFileURL(join(import.meta.dirname, 'server/preload.js'))}`

function room(folder: string): number {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}

/** Every test that reads or writes a database runs on both engines; `DATABASE_URL` chooses the column types at import. */
export default defineConfig({
  test: {
    reporters: ['default', new Slowest()],
    pool: 'forks',
    // Node runs the portal's files as they stand, without its types, as `npm start` does; Vite took a tenth of the time.
    experimental: { viteModuleRunner: false },
    maxWorkers: 2,
    projects: [
      { test: { name: 'unit', include: pure, ...patience } },
      {
        test: {
          name: 'sqlite',
          ...anyEngine,
          exclude: [...pure, ...browser, 'test/db/postgres*'],
          env: { DATABASE_URL: 'file:' },
          globalSetup: 'test/sqlite-setup.ts',
        },
      },
      {
        test: {
          name: 'postgres',
          ...anyEngine,
          exclude: [...pure, ...browser, ...ofNoEngine, 'test/db/sqlite*'],
          env: { DATABASE_URL: 'postgres:' },
          globalSetup: 'test/postgres-setup.ts',
        },
      },
      {
        test: {
          name: 'browser',
          include: browser,
          // After the others: a browser wants a core for itself.
          sequence: { groupOrder: 1 },
          ...patience,
          testTimeout: 120_000,
          env: { DATABASE_URL: 'file:' },
          globalSetup: ['test/sqlite-setup.ts', 'test/browser/unpacked.ts'],
        },
      },
    ],
  },
})
