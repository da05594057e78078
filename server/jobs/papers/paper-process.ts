import { createWriteStream } from 'node:fs'
import { rename } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import type { Database } from '../../../db/database.ts'
import { countReading } from '../../../db/queries/comments/aggregates.ts'
import { consultationById } from '../../../db/queries/consultations/consultations.ts'
import { followRing } from '../../../db/sealing/key-ring.ts'
import { createSeals, type Seals } from '../../../db/sealing/sealed.ts'
import { sealFile } from '../../../db/sealing/sealed-files.ts'
import { openSnapshot } from '../../../db/snapshot.ts'
import { clausePlaces } from '../../documents/papers/clause-places.ts'
import { PaperUnavailable } from '../../documents/papers/paper-request.ts'
import { findPaper, readings } from '../../documents/papers/papers.ts'
import { readScope } from '../../rules/papers/scopes.ts'
import type { PaperNews, PaperOrder } from './paper-order.ts'

/**
 * The process that makes one long paper, apart from the one that serves. It reads one moment of the database on a
 * connection of its own, and says how far it has come.
 */
process.once('message', async (order: PaperOrder) => {
  try {
    await make(order)
    process.exit(0)
  } catch (error) {
    if (!(error instanceof PaperUnavailable)) {
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
      process.exit(1)
    }
    tell({ problem: error.message }, () => process.exit(1))
  }
})
process.once('disconnect', () => process.exit(1))

function tell(news: PaperNews, told = () => {}): void {
  process.send?.(news, told)
}

async function make({ config, secretKeys, job, now, file }: PaperOrder): Promise<void> {
  const db = await openSnapshot(config.databaseUrl)
  const seals = await sealsOf(db, secretKeys)
  const consultation = await consultationById(db, job.consultationId)
  const scope = readScope(job.scope)
  const found = scope && findPaper(job.kind, job.format, scope)
  if (!consultation || !found) throw new Error(`there is no ${job.kind}.${job.format}`)
  const { filters, origin } = job
  const times = readings(found.paper, { scope, filters })
  const total = times * (await countReading(db, consultation.id, filters))
  let done = 0
  const report = setInterval(() => tell({ done: Math.min(done, total), total }), 250)
  const paper = await found.make({
    db,
    seals,
    consultation,
    places: await clausePlaces(db, consultation.id),
    scope,
    filters,
    header: job.header === 'en' ? 'en' : 'zh',
    origin,
    dataDir: config.dataDir,
    now: new Date(now),
    read: () => {
      done++
    },
    marked: () => {},
  })
  await pipeline(paper, sealFile(seals, job.id), createWriteStream(`${file}.part`, { mode: 0o600 }))
  clearInterval(report)
  await rename(`${file}.part`, file)
  await db.close()
}

/** @throws Error where none of these is the database's: the file would say of everything sealed that it cannot be read */
async function sealsOf(db: Database, secretKeys: readonly string[]): Promise<Seals> {
  const [first = Buffer.alloc(0), ...others] = secretKeys.map((key) => Buffer.from(key, 'base64'))
  const seals = createSeals(first, () => others)
  if ((await followRing(db, seals)) === false) throw new Error('the key is not the one of this database')
  return seals
}
