import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { seedSlug } from '../../server/seed.ts'
import { fill } from './comments.ts'
import { measureIndexes } from './indexes.ts'
import { audit } from './lighthouse.ts'
import { load, type Measured } from './load.ts'
import { finish, start } from './processes.ts'
import { measureRules } from './rules.ts'

// `npm run bench` measures rates, `npm run bench -- lighthouse` what Lighthouse makes of the citizens' pages,
// `npm run bench -- rules` how long the rules that read texts take at most, `npm run bench -- indexes` what each index of
// the comments costs one that comes in, `npm run bench -- scale` what every page takes with 1,000,000 comments (or as many
// as a further argument says) beside what it takes with 10,000, on both engines.
// Figures of one run are worth comparing with one another, not with those of another machine.
const comments = 100_000
const seconds = 4_000
const secretKey = Buffer.alloc(32, 7)
const folder = mkdtempSync(join(tmpdir(), 'portal-bench-'))
const env = {
  DATABASE_URL: `file:${join(folder, 'portal.db')}`,
  DATA_DIR: folder,
  SECRET_KEY: secretKey.toString('base64'),
  HOST: '127.0.0.1',
  PORT: '0',
  LOG_LEVEL: 'silent',
  RATE_LIMITS: 'off',
}

try {
  if (process.argv[2] === 'rules') await measureRules()
  else if (process.argv[2] === 'indexes') await measureIndexes()
  else if (process.argv[2] === 'scale') await measureScale(process.argv[3] ?? '1000000')
  else await (process.argv[2] === 'lighthouse' ? audit(env) : measure())
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/** Each engine in a process of its own, since it is chosen where its columns are imported. */
async function measureScale(count: string): Promise<void> {
  for (const url of ['file:', 'postgres:']) {
    await once(
      spawn(process.execPath, ['test/bench/scale.ts', count], {
        env: { ...process.env, DATABASE_URL: url },
        stdio: 'inherit',
      }),
      'exit',
    )
  }
}

async function measure(): Promise<void> {
  const [hello, portal] = [await start('test/bench/hello.ts', {}), await start('server/main.ts', env)]
  const page = `${portal.address}/consultations/${seedSlug}`
  try {
    await load({ url: page, connections: 4, until: 500, status: 200 })
    const bare = await load({ url: `${hello.address}/`, connections: 32, until: seconds, status: 200 })
    const kept = await load({ url: page, connections: 32, until: seconds, status: 200 })
    print('bare hello, 32 connections', bare)
    print('draft page, 32 connections', kept, `${(kept.rate / bare.rate).toFixed(2)} × hello`)

    await fill(env.DATABASE_URL, secretKey, comments)
    const alone = await load({ url: page, connections: 4, until: seconds, status: 200 })
    const exporting = finish(
      [
        'server/cli/portal.ts',
        'export',
        seedSlug,
        '--format',
        'csv',
        '--scope',
        'internal',
        '--out',
        join(folder, 'all.csv'),
      ],
      env,
    )
    const beside = await load({ url: page, connections: 4, until: exporting, status: 200 })
    await exporting
    print('draft page, 4 connections', alone)
    print(
      `… while ${comments} comments are exported`,
      beside,
      `p99 ${(beside.p99 / alone.p99).toFixed(1)} × alone`,
    )

    const one = await submissions(page, 1)
    const many = await submissions(page, 64)
    print('submissions, 1 at a time', one)
    print('submissions, 64 at a time', many, `${(many.rate / one.rate).toFixed(1)} × one`)
  } finally {
    await Promise.all([hello.stop(), portal.stop()])
  }
}

function submissions(page: string, connections: number): Promise<Measured> {
  const body = JSON.stringify({
    comments: [{ clause: 'p7', stance: 'amend', body: '建议把办理时限和责任单位写明确。' }],
  })
  const post = () => ({
    headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
    body,
  })
  return load({ url: `${page}/submissions`, connections, until: seconds, status: 201, post })
}

function print(what: string, { rate, p50, p99 }: Measured, ratio = ''): void {
  const figures = [`${rate.toFixed(0)}/s`, `p50 ${p50.toFixed(1)} ms`, `p99 ${p99.toFixed(1)} ms`, ratio]
  process.stdout.write(`${what.padEnd(46)}${figures.map((figure) => figure.padEnd(16)).join('')}\n`)
}
