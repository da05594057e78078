import { createWriteStream } from 'node:fs'
import { rename } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { openDatabase } from '../../db/open.ts'
import { findConsultation } from '../../db/queries/consultations.ts'
import { createSeals } from '../../db/sealed.ts'
import { findPaper } from '../documents/papers.ts'
import type { PaperOrder, PaperProgress } from './paper-order.ts'

/** The process that makes one long paper, apart from the one that serves, and says how far it has come. */
process.once('message', async (order: PaperOrder) => {
  try {
    await make(order)
    process.exit(0)
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
    process.exit(1)
  }
})
process.once('disconnect', () => process.exit(1))

async function make({ config, secretKey, slug, kind, format, scope, header, origin, now, file }: PaperOrder) {
  const db = await openDatabase({ url: config.databaseUrl })
  const consultation = await findConsultation(db, slug)
  const found = findPaper(kind, format, scope)
  if (!consultation || !found) throw new Error(`there is no ${kind}.${format} of ${slug}`)
  let read = 0
  const report = setInterval(() => process.send?.({ read } satisfies PaperProgress), 250)
  const stream = await found.make({
    db,
    seals: createSeals(Buffer.from(secretKey, 'base64')),
    consultation,
    scope,
    header,
    origin,
    now: new Date(now),
    read: () => {
      read++
    },
  })
  await pipeline(stream, createWriteStream(`${file}.part`, { mode: 0o600 }))
  clearInterval(report)
  await rename(`${file}.part`, file)
  await db.close()
}
