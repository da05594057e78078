import { v7 as uuid } from 'uuid'
import { draftResponse } from '../../../db/queries/answers/response-drafts.ts'
import { addResponseTemplate } from '../../../db/queries/answers/response-templates.ts'
import { addUnitItem } from '../../../db/queries/answers/unit-items.ts'
import { addUnitOpinion, unitOpinionsOf } from '../../../db/queries/answers/unit-opinions.ts'
import { askForBrief, findBrief } from '../../../db/queries/briefs/briefs.ts'
import { keepBrief } from '../../../db/queries/briefs/making.ts'
import { assignClauses } from '../../../db/queries/departments/clause-departments.ts'
import { assignComments } from '../../../db/queries/departments/comment-departments.ts'
import { askToSign, sign } from '../../../db/queries/departments/cosignatures.ts'
import { appointHead, joinDepartment } from '../../../db/queries/departments/department-members.ts'
import { repliesOf } from '../../../db/queries/departments/department-replies.ts'
import { makeRequest } from '../../../db/queries/departments/department-requests.ts'
import { addDepartment, departmentsOf } from '../../../db/queries/departments/departments.ts'
import { confirmReply } from '../../../db/queries/departments/reply-confirmation.ts'
import { submitReply, writeReply } from '../../../db/queries/departments/reply-drafts.ts'
import { addFinding } from '../../../db/queries/outcomes/findings.ts'
import { judgeMaterial } from '../../../db/queries/outcomes/materials.ts'
import { addProcedureFile } from '../../../db/queries/outcomes/procedure-files.ts'
import { addProcedureStep, procedureStepsOf } from '../../../db/queries/outcomes/procedure-steps.ts'
import { addOfficeHolders } from '../../../db/queries/personal-data/office-holders.ts'
import { concernsOf } from '../../../db/queries/points/concerns.ts'
import { makeConcern } from '../../../db/queries/points/worded-concerns.ts'
import { tagComments } from '../../../db/queries/themes/theme-comments.ts'
import { askForLearning, keepLearnt } from '../../../db/queries/themes/theme-learning.ts'
import { sayTheme } from '../../../db/queries/themes/theme-proposals.ts'
import { addTheme } from '../../../db/queries/themes/themes.ts'
import { addStaffNote } from '../../../db/queries/wordings/staff-notes.ts'
import { FileStore } from '../../../server/documents/files/file-store.ts'
import { theWhole } from '../../../server/rules/briefs/brief.ts'
import { commentsIn, type Filling, first, idOf } from './filling.ts'

/** What the drafting office does with the demonstration's comments while they come in. */
export async function actAsOffice(filling: Filling): Promise<void> {
  const publicIds = (await commentsIn(filling, 'published')).slice(0, 4).map(({ publicId }) => publicId)
  await sortIntoThemes(filling, publicIds)
  await handOut(filling, publicIds)
  await askAUnit(filling)
  await answerSome(filling, publicIds)
  await gatherSome(
    filling,
    (await commentsIn(filling, 'published')).slice(4, 6).map(({ publicId }) => publicId),
  )
  await answerAsDepartment(filling)
  await keepProcedure(filling)
  await keepABrief(filling)
}

/** A brief of nothing, since what it quotes is made by a thread. */
async function keepABrief(filling: Filling): Promise<void> {
  const { db, now } = filling.deps
  const { id: consultationId } = filling.consultation
  await askForBrief(db, consultationId, '2026-11-25', { staffId: idOf(filling, 'drafter'), now: now() })
  const brief = await findBrief(db, consultationId, '2026-11-25')
  if (!brief) throw new Error('the brief was not asked for')
  const none = { submissions: 0, comments: 0, points: 0 }
  const said = {
    ...{ counts: none, fresh: none, revised: 0, stances: [], regions: [], channels: [], identities: [] },
    ...{ rare: { found: 0, quotations: [] }, clauses: [], unusual: null },
  }
  await keepBrief(db, brief, [{ ...theWhole, said }], now())
}

async function sortIntoThemes(filling: Filling, publicIds: string[]): Promise<void> {
  const { db, now } = filling.deps
  const { id: consultationId } = filling.consultation
  const drafter = idOf(filling, 'drafter')
  const theme = { id: uuid(), name: '补贴标准', words: ['补贴'], clause: null }
  await addTheme(db, consultationId, theme, { staffId: drafter, now: now() })
  await tagComments(db, consultationId, theme.id, publicIds, { staffId: drafter, now: now() })
  const holder = { name: '张建国', office: '副县长' }
  await addOfficeHolders(db, consultationId, [holder], { staffId: drafter, now: now() })
  await learnThemes(filling, theme.id)
}

/** What the portal proposes for a comment, and what a person said of another. */
async function learnThemes(filling: Filling, themeId: string): Promise<void> {
  const { db, now } = filling.deps
  const { id: consultationId } = filling.consultation
  const act = { staffId: idOf(filling, 'drafter'), now: now() }
  const [proposed, said] = (await commentsIn(filling, 'published')).slice(6, 8)
  if (!proposed || !said) throw new Error('there are too few comments')
  await askForLearning(db, consultationId, act)
  const proposals = [{ commentId: proposed.id, themeId, confidence: 712, words: ['补贴'] }]
  const counts = {
    read: 2,
    assigned: 1,
    proposed: { [themeId]: 1 },
    twice: 0,
    agreed: 0,
    checked: 0,
    confirmed: 0,
  }
  const standing = { ...counts, candidates: [], rest: 0 }
  await keepLearnt(db, consultationId, { proposals, standing, askedAt: act.now }, now())
  await sayTheme(
    db,
    consultationId,
    { publicId: said.publicId, themeId, proposedId: themeId, isAgain: false },
    act,
  )
}

async function handOut(filling: Filling, publicIds: string[]): Promise<void> {
  const { db, now } = filling.deps
  const { id: consultationId } = filling.consultation
  const act = { staffId: idOf(filling, 'drafter'), now: now() }
  await addDepartment(db, consultationId, '农业农村处', act)
  const department = first(await departmentsOf(db, consultationId))
  const given = { consultationId, departmentId: department.id }
  await joinDepartment(db, department.id, '责任单位经办人', act)
  await assignClauses(db, given, { clauses: ['p3', 'p4'], dueOn: '2027-01-15' }, act)
  await assignComments(db, given, { publicIds: publicIds.slice(0, 1), dueOn: null }, act)
}

/** A concern that a department answers by letter, another signs, and on which it wants more time. */
async function answerAsDepartment(filling: Filling): Promise<void> {
  const { db, now } = filling.deps
  const { id: consultationId } = filling.consultation
  const [act, office] = [
    { staffId: idOf(filling, 'department'), now: now() },
    { staffId: idOf(filling, 'drafter'), now: now() },
  ]
  const { id: departmentId } = first(await departmentsOf(db, consultationId))
  const { id: target } = first(await concernsOf(db, consultationId))
  const thing = { kind: 'concern', target } as const
  const own = { consultationId, departmentId, ...thing }
  await appointHead(db, departmentId, { memberId: act.staffId, isHead: true }, office)
  await writeReply(db, own, { outcome: 'adopted', reason: '拟写明资金渠道。', seen: 0 }, act)
  const reply = async () => first(await repliesOf(db, departmentId, [thing]))
  await submitReply(db, await reply(), act)
  const letter = { letterNumber: '农函〔2026〕1号', letterOn: '2026-11-21', file: null }
  await confirmReply(db, await reply(), letter, act)
  await askToSign(db, consultationId, { concernId: target, departmentIds: [departmentId] }, office)
  await sign(db, { concernId: target, departmentId }, { position: 'differ', note: '请写明期限。' }, act)
  const asking = { asks: 'extension', unit: null, dueOn: '2027-01-20', reason: '尚需会商。' } as const
  await makeRequest(db, own, asking, act)
}

async function askAUnit(filling: Filling): Promise<void> {
  const { db, now } = filling.deps
  const { id: consultationId } = filling.consultation
  const drafter = idOf(filling, 'drafter')
  const letter = {
    unit: '省财政厅',
    letterNumber: '晋发改函〔2026〕1号',
    sentOn: '2026-11-20',
    dueOn: '2026-12-05',
    repliedOn: '2026-11-25',
    reply: 'opinion',
    unitPosition: '建议控制规模。',
    officePosition: '拟按年度安排。',
    unresolved: true,
  }
  await addUnitOpinion(db, consultationId, letter, { staffId: drafter, now: now() })
  const opinion = first(await unitOpinionsOf(db, consultationId))
  const item = { clause: 'p3', body: '建议注明资金渠道。' }
  await addUnitItem(db, consultationId, opinion.id, item, { staffId: drafter, now: now() })
}

async function answerSome(filling: Filling, publicIds: string[]): Promise<void> {
  const { db, now } = filling.deps
  const { id: consultationId } = filling.consultation
  const drafter = idOf(filling, 'drafter')
  const answer = { outcome: 'partly_adopted', reason: '已写入第三条。', summary: null } as const
  const target = { kind: 'comments' as const, ids: publicIds }
  await draftResponse(db, consultationId, target, answer, { staffId: drafter, now: now() })
  const template = { name: '已有规定', outcome: 'explained', reason: '现行规定已有。' } as const
  await addResponseTemplate(db, consultationId, template, { staffId: drafter, now: now() })
  await addStaffNote(
    db,
    consultationId,
    { clause: 'p3', body: '请财政厅再核一次。' },
    { staffId: drafter, now: now() },
  )
}

async function gatherSome(filling: Filling, publicIds: string[]): Promise<void> {
  const { db, now } = filling.deps
  const act = { staffId: idOf(filling, 'drafter'), now: now() }
  const facts = { sentence: '建议写明资金渠道', clause: 'p3', themeId: null, departmentId: null }
  const picked = { pointIds: [], comments: publicIds }
  await makeConcern(db, filling.consultation.id, facts, picked, act)
}

async function keepProcedure(filling: Filling): Promise<void> {
  const { deps, consultation } = filling
  const { db, config, now } = deps
  const drafter = idOf(filling, 'drafter')
  const step = { step: '合法性审查', heldOn: '2026-11-18', documentNumber: '1号', note: '已审查。' }
  await addProcedureStep(db, consultation.id, step, { staffId: drafter, now: now() })
  const { id: stepId } = first(await procedureStepsOf(db, consultation.id))
  const id = 'file-of-the-procedure'
  const measures = await new FileStore(config.dataDir, 'procedure').write(Buffer.from('审查意见'), id)
  const file = {
    id,
    consultationId: consultation.id,
    stepId,
    name: '审查意见.pdf',
    ...measures,
  }
  await addProcedureFile(db, file, { staffId: drafter, now: now() })
  const found = { material: 'legality' as const, revision: 0, state: 'attached', reason: null }
  await judgeMaterial(db, consultation.id, found, { staffId: drafter, now: now() })
  const finding = { review: '合法性审查', finding: '第三条缺少上位法依据。', handling: '已补充依据。' }
  await addFinding(db, consultation.id, finding, { staffId: drafter, now: now() })
}
