import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startPostgres } from '../postgres-server.ts'
import { nginx, nginxBefore, siteName } from './nginx.ts'
import { startNode } from './node.ts'
import { visit } from './visitors.ts'

// `npm run bench:rolling`: two nodes on one PostgreSQL behind nginx as docs/ sets it up, each restarted ten times in turn,
// while citizens read and send. It ends once every restart is done and enough has been asked, and fails where anything
// was cut off, or where a comment that was acknowledged is not there.
const restarts = 20
const atLeast = 100_000
const longest = 20 * 60_000

if (!nginx) throw new Error('there is no nginx here; NGINX_PATH may name one')
const folder = mkdtempSync(join(tmpdir(), 'portal-rolling-'))
const server = await startPostgres()
const database = new pg.Client({ connectionString: `${server.address}/postgres` })
await database.connect()
const env = {
  NODE_ENV: 'production',
  DATABASE_URL: `${server.address}/postgres`,
  DATA_DIR: folder,
  SECRET_KEY: Buffer.alloc(32, 7).toString('base64'),
  PUBLIC_URL: `https://${siteName}`,
  TRUSTED_PROXIES: '127.0.0.1/32',
  LOG_LEVEL: 'fatal',
}
const ports = [3398, 3399]
const nodes = await Promise.all(ports.map((port) => startNode({ ...env, PORT: String(port) })))
const front = await nginxBefore(ports)
await front.start()
const before = await comments()
const over = new AbortController()
const timer = setTimeout(() => over.abort(), longest)
const visited = visit(front, over.signal)
try {
  let slowest = 0
  for (let done = 0; done < restarts && !over.signal.aborted; done++) {
    const node = nodes[done % nodes.length]
    if (node) slowest = Math.max(slowest, await node.restart())
  }
  while (visited.count() < atLeast && !over.signal.aborted) await new Promise((go) => setTimeout(go, 100))
  over.abort()
  const { answered, acknowledged, cut } = await visited.ended
  const stored = (await comments()) - before
  process.stdout.write(
    `${restarts} restarts, the slowest stop ${(slowest / 1000).toFixed(1)} s; answers ${JSON.stringify(answered)}\n` +
      `cut: ${cut.length} of ${visited.count()}; comments acknowledged ${acknowledged}, stored ${stored}\n`,
  )
  for (const one of cut.slice(0, 20)) process.stdout.write(`  ${one}\n`)
  if (cut.length > 0 || stored < acknowledged || visited.count() < atLeast) process.exitCode = 1
} finally {
  clearTimeout(timer)
  over.abort()
  await front.stop()
  await Promise.all(nodes.map((node) => node.stop()))
  await database.end()
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
}

async function comments(): Promise<number> {
  const { rows } = await database.query<{ count: string }>('SELECT count(*) FROM comments')
  return Number(rows[0]?.count)
}
