import { mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findConsultation } from '../../db/queries/consultations/consultations.ts'
import { findList, prepareList, startList } from '../../db/queries/intakes/intake-lists.ts'
import { findBulk, prepareBulk, turnBulk } from '../../db/queries/moderation/bulks.ts'
import { keptCommentToJudge } from '../../db/queries/moderation/comment-to-judge.ts'
import { defer } from '../../db/queries/moderation/due-decisions.ts'
import { examinationOf } from '../../db/queries/moderation/examinations.ts'
import type { TestPortal } from '../build.ts'
import type { TestMember } from '../staff.ts'

const publish = {
  admission: 'admitted',
  publication: 'published',
  reason: null,
  note: null,
  transferred: false,
} as const

/** A bulk that publishes these comments and waits to be gone on with. @returns its id */
export async function aRunningBulk({ db, deps }: TestPortal, { id }: TestMember, comments: string[]) {
  const bulk = await prepareBulk(db, publish, comments, { staffId: id, now: deps.now() })
  const prepared = await findBulk(db, bulk, id)
  if (prepared) await turnBulk(db, prepared, 'prepared', 'running', deps.now())
  return bulk
}

/** A comment that is to be published, as this moderator decided, when its grace is over. */
export async function aDueDecision({ db, deps }: TestPortal, { id: staffId }: TestMember, commentId: string) {
  const comment = await keptCommentToJudge(db, commentId)
  if (!comment) throw new Error('there is no such comment')
  const { version } = comment
  const ruling = { ...publish, version }
  const seen = await examinationOf(db, deps.seals, comment)
  const now = deps.now()
  const dueAt = new Date(now.getTime() + 1000)
  await defer(db, deps.seals, comment, ruling, seen, { staffId, agreedBy: null }, { now, dueAt })
}

/** A list of so many letters that nobody has confirmed. @returns its id */
export async function aList({ db, deps }: TestPortal, { id }: TestMember, letters: number): Promise<string> {
  const consultation = await findConsultation(db, 'shanxi-laoqu')
  if (!consultation) throw new Error('the seed is not there')
  const about = { consultationId: consultation.id, round: 1, fileName: null }
  const listed = Array.from({ length: letters }, (_, i) => aLetter(consultation.id, `第 ${i} 封来信的意见`))
  return prepareList(db, deps.seals, about, listed, { staffId: id, now: deps.now() })
}

/** One that waits to be entered. @returns its id */
export async function aRunningList(portal: TestPortal, member: TestMember, letters: number): Promise<string> {
  const { db, deps } = portal
  const id = await aList(portal, member, letters)
  const list = await findList(db, id, member.id)
  if (list) await startList(db, list, deps.now())
  return id
}

function aLetter(consultationId: string, body: string) {
  const comment = { clause: 'p7', stance: 'amend', body, proposal: null, wording: null, quote: null }
  return {
    submission: {
      consultationId,
      round: 1,
      channel: 'letter',
      identity: 'individual',
      name: null,
      showName: false,
      organisation: null,
      region: null,
      contact: null,
      visibility: 'public',
      comments: [comment],
      attachments: [],
    },
    intake: { receivedOn: '2026-11-20', reference: null, onBehalf: false },
    rows: [2],
  }
}

/** A file that no row speaks of, old enough to be swept. @returns its path */
export function anOrphan({ deps, clock }: TestPortal, name: string): string {
  const folder = join(deps.config.dataDir, 'attachments')
  mkdirSync(folder, { recursive: true })
  const file = join(folder, name)
  writeFileSync(file, '%PDF-1')
  const written = new Date(clock.now.getTime() - 2 * 60 * 60_000)
  utimesSync(file, written, written)
  return file
}
