import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { and, eq } from 'drizzle-orm'
import type { Database } from '../../db/database.ts'
import { openDatabase } from '../../db/open.ts'
import { draftResponse } from '../../db/queries/answers/response-drafts.ts'
import { approveResponse, submitResponse } from '../../db/queries/answers/responses.ts'
import type { Consultation } from '../../db/queries/consultations/consultations.ts'
import { makeConcern } from '../../db/queries/points/worded-concerns.ts'
import { comments } from '../../db/schema/index.ts'
import { createSeals } from '../../db/sealing/sealed.ts'
import { clausePlaces } from '../../server/documents/papers/clause-places.ts'
import { findPaper } from '../../server/documents/papers/papers.ts'
import { everything } from '../../server/rules/comments/reading-filters.ts'
import { drafterAndApprover } from '../office/filled-consultation.ts'
import { fillInto } from './million.ts'

/*
 * `npm run bench:summary -- 10000`: how long 意见汇总表 and 批注稿 take to make and to be opened by LibreOffice, and on how
 * many pages: with nothing gathered, then with all but one in a hundred in 71 concerns, every second of them answered.
 */
const count = Number(process.argv[2] ?? 10_000)
const folder = process.argv[3] ?? mkdtempSync(join(tmpdir(), 'portal-summary-'))
const now = new Date()
const drafter = { staffId: 'drafter', now }

const db = await openDatabase({ url: `file:${join(folder, 'portal.db')}` })
try {
  const consultation = await fillInto(db, count, 'published')
  await drafterAndApprover(db, now)
  await measure(consultation, 'nothing gathered')
  await gatherMost(db, consultation)
  await measure(consultation, 'gathered')
} finally {
  await db.close()
  if (!process.argv[3]) rmSync(folder, { recursive: true, force: true })
}

async function gatherMost({ query }: Database, consultation: Consultation): Promise<void> {
  for (let place = 0; place < 71; place++) {
    const clause = `p${(place % 23) + 1}`
    const here = await query
      .select({ publicId: comments.publicId })
      .from(comments)
      .where(and(eq(comments.consultationId, consultation.id), eq(comments.clause, clause)))
      .orderBy(comments.id)
    const [turn, turns] = [Math.floor(place / 23), clause === 'p1' || clause === 'p2' ? 4 : 3]
    const picked = here.filter((_, i) => i % 100 > 0 && i % turns === turn).map(({ publicId }) => publicId)
    const sentence = `建议写明第 ${place} 项工作的办理时限和责任单位，并公布逾期不办的处理办法`
    const facts = { sentence, clause, themeId: null, departmentId: null }
    let concern: string | null = null
    concern = await makeConcern(db, consultation.id, facts, { pointIds: [], comments: picked }, drafter)
    if (place % 2 === 1) continue
    const answer = { outcome: 'adopted', reason: '已在文中写明办理时限。', summary: sentence } as const
    const target = { kind: 'concern', id: concern } as const
    const response = await draftResponse(db, consultation.id, target, answer, drafter)
    await submitResponse(db, consultation.id, response, drafter)
    await approveResponse(db, consultation.id, response, { staffId: 'approver', now })
  }
}

async function measure(consultation: Consultation, what: string): Promise<void> {
  for (const kind of ['summary', 'draft']) {
    const began = performance.now()
    const made = await findPaper(kind, 'docx', 'internal')?.make({
      ...{ db, seals: createSeals(Buffer.alloc(32, 7)), consultation, now, scope: 'internal', header: 'zh' },
      ...{
        places: await clausePlaces(db, consultation.id),
        filters: everything,
        origin: '',
        dataDir: folder,
      },
      ...{ read: () => {}, marked: () => {} },
    })
    if (!made) throw new Error(`${kind} is no paper`)
    const file = await buffer(made)
    const took = performance.now() - began
    const path = join(folder, `${kind}.docx`)
    writeFileSync(path, file)
    const opening = performance.now()
    const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`
    spawnSync('soffice', [profile, '--headless', '--convert-to', 'pdf', '--outdir', folder, path])
    const opened = performance.now() - opening
    const info = spawnSync('pdfinfo', [join(folder, `${kind}.pdf`)], { encoding: 'utf8' }).stdout
    const pages = /Pages:\s+(\d+)/.exec(info)?.[1] ?? '?'
    const figures = `${(took / 1000).toFixed(1)} s, ${(file.length / 1e3).toFixed(0)} kB, LibreOffice ${(opened / 1000).toFixed(1)} s, ${pages} pages`
    process.stdout.write(`${count} comments, ${what}: ${kind}.docx ${figures}\n`)
  }
}
