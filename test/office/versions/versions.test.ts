import { desc, eq } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { findConsultation } from '../../../db/queries/consultations/consultations.ts'
import { keepVersion } from '../../../db/queries/versions/office-versions.ts'
import { Refused } from '../../../db/refused.ts'
import { log } from '../../../db/schema/index.ts'
import type { ActName } from '../../../server/rules/log/act-names.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { sharedPortal } from '../../shared-portal.ts'
import { type SignedIn, signIn } from '../../staff.ts'
import { amendment, say } from '../filled-consultation.ts'

let portal: TestPortal
let one: SignedIn
let other: SignedIn
let ids: string[]
const office = '/office/shanxi-laoqu'
const answer = { outcome: 'adopted', reason: '已写明。', summary: '' }

sharedPortal(async () => {
  portal = await buildTestApp()
  const consultation = await findConsultation(portal.db, 'shanxi-laoqu')
  if (!consultation) throw new Error('the seed is not there')
  ids = await say(
    portal.db,
    consultation,
    Array.from({ length: 50 }, (_, place) => ({
      ...amendment,
      body: `请写明时限${place}。`,
      wording: place < 28 || place > 29 ? null : `第${place}种写法。`,
    })),
  )
  one = await signIn(portal, 'drafter')
  other = await signIn(portal, 'drafter', 'approver')
  await Promise.all([one.get(office), other.get(office)])
  return portal
})

/** A form that two have open: its page, where it is sent, and what each of them types. */
interface OpenForm {
  page: string
  action: string
  ones: Record<string, string>
  others: Record<string, string>
  versions: string
  act: ActName
}

let answered = 0
let named = 0
async function draft(): Promise<string> {
  const drafted = await one.post(`${office}/responses`, { ...answer, comment: ids[answered++] ?? '' })
  expect(drafted.statusCode, drafted.body).toBe(303)
  return String(drafted.headers.location)
}

async function aUnit(): Promise<string> {
  named++
  await one.post(`${office}/units`, { unit: `单位${named}`, sent_on: '2026-11-02', reply: 'no_reply' })
  const { body } = await one.get(`${office}/units`)
  return new RegExp(`href="([^"]+/units/[\\w-]+)"[^>]*>单位${named}<`).exec(body)?.[1] ?? ''
}

async function aTemplate(): Promise<OpenForm> {
  named++
  await one.post(`${office}/templates`, { name: `模板${named}`, outcome: 'adopted', reason: '已写明。' })
  const { body } = await one.get(`${office}/templates`)
  const [, id] =
    new RegExp(`template=([\\w-]+)#form">修改<span class="hidden">模板${named}<`).exec(body) ?? []
  return {
    page: `${office}/templates?template=${id}`,
    action: `${office}/templates/${id}`,
    ones: { name: `甲的模板${named}`, outcome: 'explained', reason: '甲写的理由' },
    others: { name: `乙的模板${named}`, outcome: 'adopted', reason: '乙写的理由' },
    versions: `${office}/versions/template/${id}`,
    act: 'template.change',
  }
}

let gathered = 30
async function aConcern(): Promise<OpenForm> {
  const comment = ids[gathered++]
  await one.get(`${office}/points`)
  const made = await one.post(`${office}/concerns`, { sentence: '写明时限', clause: 'p7', comment })
  const page = String(made.headers.location)
  return {
    page,
    action: page,
    ones: { sentence: '甲归并的一句话', clause: 'p8' },
    others: { sentence: '乙归并的一句话', clause: 'draft' },
    versions: `${office}/versions/concern/${page.split('/').at(-1)}`,
    act: 'concern.reword',
  }
}

const kinds: Record<string, () => Promise<OpenForm>> = {
  'a draft of an answer': async () => {
    const page = await draft()
    return {
      page,
      action: page,
      ones: { ...answer, reason: '甲写的理由' },
      others: { ...answer, outcome: 'explained', reason: '乙写的理由', summary: '乙写的归纳' },
      versions: `${office}/versions/answer/${page.split('/').at(-1)}`,
      act: 'response.reword',
    }
  },
  'a revised wording': async () => ({
    page: `${office}/clauses/p7`,
    action: `${office}/clauses/p7/wording`,
    ones: { text: '甲改的条款。', reason: '甲的说明', comment: ids[28] ?? '' },
    others: { text: '乙改的条款。', reason: '乙的说明', comment: ids[29] ?? '' },
    versions: `${office}/versions/wording/1-p7`,
    act: 'wording.revise',
  }),
  'the report that is being written': async () => ({
    page: `${office}/outcome`,
    action: `${office}/outcome/report`,
    ones: { report: '甲写的情况说明。\n\n第二段。' },
    others: { report: '乙写的情况说明。' },
    versions: `${office}/versions/report/report`,
    act: 'outcome.draft',
  }),
  'a theme': async () => {
    named++
    const made = await one.post(`${office}/themes`, { name: `时限${named}`, words: '时限', clause: '' })
    const page = String(made.headers.location)
    return {
      page,
      action: page,
      ones: { name: `甲的主题${named}`, words: '时限、期限', clause: 'p7' },
      others: { name: `乙的主题${named}`, words: '日期', clause: '' },
      versions: `${office}/versions/theme/${page.split('/').at(-1)}`,
      act: 'theme.change',
    }
  },
  'a concern': aConcern,
  'a template': aTemplate,
  'the reply of a unit': async () => {
    const page = await aUnit()
    const reply = { reply: 'opinion', replied_on: '2026-11-20' }
    return {
      page,
      action: page,
      ones: { ...reply, unit_position: '甲记的对方意见', office_position: '甲记的我方意见' },
      others: { ...reply, unit_position: '乙记的对方意见', office_position: '', unresolved: '' },
      versions: `${office}/versions/unit_reply/${page.split('/').at(-1)}`,
      act: 'unit_opinion.reply',
    }
  },
  'the answer to a unit': async () => {
    const page = await aUnit()
    await one.post(`${page}/items`, { clause: 'p7', body: '建议注明资金渠道。' })
    const [, item = ''] = /items\/([\w-]+)\/answer"/.exec((await one.get(page)).body) ?? []
    return {
      page,
      action: `${page}/items/${item}/answer`,
      ones: { outcome: 'adopted', reason: '甲写的理由' },
      others: { outcome: 'explained', reason: '乙写的理由' },
      versions: `${office}/versions/unit_item/${page.split('/').at(-1)}.${item}`,
      act: 'unit_opinion.answer',
    }
  },
  'a step of the procedure': async () => {
    const step = { step: '合法性审查', held_on: '2026-11-18', document_number: '', note: '' }
    await one.post(`${office}/procedure`, step)
    const { body } = await one.get(`${office}/procedure`)
    const id = [...body.matchAll(/\?step=([\w-]+)#form/g)].at(-1)?.[1]
    return {
      page: `${office}/procedure?step=${id}`,
      action: `${office}/procedure/${id}`,
      ones: { ...step, document_number: '甲〔2026〕1号', note: '甲写的说明' },
      others: { ...step, document_number: '乙〔2026〕2号', note: '乙写的说明' },
      versions: `${office}/versions/step/${id}`,
      act: 'procedure.change',
    }
  },
  'what was found of a material': async () => ({
    page: `${office}/materials?material=cosigning`,
    action: `${office}/materials/cosigning`,
    ones: { state: 'missing', reason: '甲写的理由' },
    others: { state: 'not_applicable', reason: '乙写的理由' },
    versions: `${office}/versions/material/cosigning`,
    act: 'material.judge',
  }),
  'a finding of a review': async () => {
    const finding = { review: '合法性审查', finding: '缺少依据', handling: '' }
    await one.post(`${office}/findings`, finding)
    const { body } = await one.get(`${office}/findings`)
    const id = [...body.matchAll(/\?finding=([\w-]+)#form/g)].at(-1)?.[1]
    return {
      page: `${office}/findings?finding=${id}`,
      action: `${office}/findings/${id}`,
      ones: { ...finding, finding: `甲写的意见${++named}`, handling: '甲写的处理' },
      others: { ...finding, finding: `乙写的意见${named}`, handling: '乙写的处理' },
      versions: `${office}/versions/finding/${id}`,
      act: 'finding.change',
    }
  },
}

const revisionOn = (body: string) => /name="revision" value="(\d+)"/.exec(body)?.[1] ?? ''
/** What tells a form's text from the other's. */
const written = (fields: Record<string, string>) =>
  Object.entries(fields).flatMap(([name, text]) =>
    ['outcome', 'comment', 'clause', 'reply', 'replied_on', 'step', 'held_on', 'state', 'review'].includes(
      name,
    ) || text === ''
      ? []
      : text.split('\n\n'),
  )

describe.each(Object.entries(kinds))('%s', (_, opened) => {
  let form: OpenForm
  beforeEach(async () => {
    form = await opened()
  })

  test('is not written over by who comes second, who sees both and chooses; all is kept and can be brought back', async () => {
    const { page, action, ones, others } = form
    const [first, second] = await Promise.all([one.get(page), other.get(page)])
    const revision = revisionOn(first.body)
    expect(revisionOn(second.body)).toBe(revision)
    expect((await one.post(action, { ...ones, revision })).statusCode).toBe(303)

    const refused = await other.post(action, { ...others, revision })
    expect(refused.statusCode).toBe(409)
    const shown = refused.body.replace(/<\/?mark>/g, '')
    for (const said of [...written(ones), ...written(others), one.name]) expect(shown, said).toContain(said)
    if (others.comment) expect(refused.body).toContain(`name="comment" value="${others.comment}"`)
    if (others.outcome) expect(refused.body).toContain(`value="${others.outcome}" checked`)
    const stands = await one.get(page)
    for (const said of written(ones)) expect(stands.body).toContain(said)
    for (const said of written(others)) expect(stands.body).not.toContain(said)

    const now = revisionOn(refused.body)
    expect(Number(now)).toBe(Number(revision) + 1)
    expect((await other.post(action, { ...others, revision: now })).statusCode).toBe(303)
    const after = await one.get(page)
    for (const said of written(others)) expect(after.body).toContain(said)
    const [entry] = await portal.db.query
      .select()
      .from(log)
      .where(eq(log.act, form.act))
      .orderBy(desc(log.number))
    expect(entry?.detail).toMatchObject({ revision: Number(now) + 1 })

    const versions = await one.get(form.versions)
    expect(versions.statusCode).toBe(200)
    for (const name of [one.name, other.name]) expect(versions.body).toContain(name)
    expect((await one.post(action, broughtBack(versions.body, Number(now)))).statusCode).toBe(303)
    const back = await one.get(page)
    for (const said of written(ones)) expect(back.body).toContain(said)
    if (ones.comment) expect(back.body).toMatch(new RegExp(`value="${ones.comment}" checked`))
    expect((await one.get(form.versions)).body).toContain(`第 ${Number(now) + 2} 版`)
  })

  test('is saved by one of many who save at once, and none of the others is told that it was', async () => {
    const { page, action, ones } = form
    const revision = revisionOn((await one.get(page)).body)
    await other.get(page)
    const saved = await Promise.all(
      [one, other, one, other].map((who, place) =>
        who.post(
          action,
          'name' in ones ? { ...ones, name: `第${named}${place}个`, revision } : { ...ones, revision },
        ),
      ),
    )
    expect(saved.map(({ statusCode }) => statusCode).sort()).toEqual([303, 409, 409, 409])
  })

  test('is not taken for seen where a form names a revision that there never was', async () => {
    const { page, action, ones } = form
    const revision = Number(revisionOn((await one.get(page)).body))
    for (const named of [revision + 1, 999_999_999]) {
      expect((await one.post(action, { ...ones, revision: String(named) })).statusCode).toBe(409)
    }
  })

  test('comes back as it was typed, with the revision that it was opened with, where something is wrong', async () => {
    const { page, action, ones } = form
    if ('report' in ones) return
    const asked =
      ['reason', 'name', 'step', 'reply', 'sentence', 'finding'].find((name) => name in ones) ?? ''
    const revision = revisionOn((await one.get(page)).body)
    await other.get(page)
    await other.post(action, { ...form.others, revision })
    const wrong = await one.post(action, {
      ...ones,
      [asked]: '',
      revision,
    })
    expect(wrong.statusCode).toBe(422)
    expect(revisionOn(wrong.body)).toBe(revision)
  })
})

/** The fields that the button under a version sends. */
function broughtBack(body: string, revision: number): Record<string, string> {
  const [, item = ''] = new RegExp(`<h3>第 ${revision} 版.*?</h3>(.*?)</li>`, 's').exec(body) ?? []
  const fields = [...item.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)">/g)]
  return Object.fromEntries(fields.map(([, name = '', value = '']) => [name, value]))
}

test('an answer is submitted, thrown away and approved only as it was seen', async () => {
  const page = await draft()
  const seen = revisionOn((await one.get(page)).body)
  await other.get(page)
  await other.post(page, { ...answer, reason: '乙改过的理由', revision: seen })
  for (const act of ['submission', 'removal']) {
    expect((await one.post(`${page}/${act}`, { revision: seen })).statusCode, act).toBe(409)
  }
  const now = revisionOn((await one.get(page)).body)
  expect((await one.post(`${page}/submission`, { revision: now })).statusCode).toBe(303)
  expect((await other.post(`${page}/approval`, { revision: seen })).statusCode).toBe(409)
  expect((await other.post(`${page}/approval`, { revision: now })).statusCode).toBe(303)
})

test('what was typed into an answer that was submitted meanwhile is shown to be copied, and cannot be saved', async () => {
  const page = await draft()
  const revision = revisionOn((await one.get(page)).body)
  await other.get(page)
  await other.post(`${page}/submission`, { revision })
  const late = await one.post(page, { ...answer, reason: '甲还在写的理由', revision })
  expect(late.statusCode).toBe(409)
  expect(late.body).toContain('这份答复已经送审，不能再改')
  expect(late.body).toContain('甲还在写的理由')
  expect(late.body).not.toContain('name="revision"')
  const versions = await one.get(`${office}/versions/answer/${page.split('/').at(-1)}`)
  expect(versions.body).not.toContain('恢复这一版')
})

test('what was typed into what was removed meanwhile is shown to be copied', async () => {
  const { action, others, page } = await aTemplate()
  const revision = revisionOn((await other.get(page)).body)
  await one.post(`${action}/removal`, {})
  const late = await other.post(action, { ...others, revision })
  expect(late.statusCode).toBe(409)
  expect(late.body).toContain('这个理由模板已经删除')
  expect(late.body).toContain('乙写的理由')
})

test('what was typed into a concern that was merged meanwhile is shown to be copied, right or wrong', async () => {
  const { action, page } = await aConcern()
  const into = (await aConcern()).page.split('/').at(-1)
  const revision = revisionOn((await other.get(page)).body)
  expect((await one.post(`${action}/merger`, { into })).statusCode).toBe(303)
  for (const clause of ['p7', 'no-clause']) {
    const late = await other.post(action, { sentence: '乙还在写的一句话', clause, revision })
    expect(late.statusCode).toBe(409)
    expect(late.body).toContain('已经并入别的归并意见')
    expect(late.body).toContain('乙还在写的一句话')
  }
  expect((await one.get(`${office}/versions/concern/${page.split('/').at(-1)}`)).body).toContain('没有内容')
})

test('other words for a concern are a version of the draft that answers it, which nobody then saves over unseen', async () => {
  const { action, page, ones } = await aConcern()
  const concern = page.split('/').at(-1)
  const drafted = await one.post(`${office}/responses`, { ...answer, concern, summary: '写明时限' })
  const draft = String(drafted.headers.location)
  const opened = revisionOn((await other.get(draft)).body)
  expect((await one.post(action, { ...ones, revision: '1' })).statusCode).toBe(303)
  const late = await other.post(draft, { ...answer, summary: '写明时限', revision: opened })
  expect(late.statusCode).toBe(409)
  expect(late.body.replace(/<\/?mark>/g, '')).toContain('甲归并的一句话')
})

test('a theme is put under a concern by its name, and is told to be gone in a version after it was removed', async () => {
  const { action, page, versions, others } = await aConcern()
  const made = await one.post(`${office}/themes`, { name: '期限类', words: '', clause: '' })
  const theme = String(made.headers.location)
  const under = { ...others, theme: theme.split('/').at(-1), revision: '1' }
  expect((await one.post(action, under)).statusCode).toBe(303)
  expect((await one.get(versions)).body).toContain('期限类')
  expect((await one.get(page)).body).toContain('<span class="theme">期限类</span>')
  expect((await one.post(`${theme}/removal`, {})).statusCode).toBe(303)
  expect((await one.get(page)).body).not.toContain('期限类')
  expect((await one.get(versions)).body).toContain('（已经不在）')
})

test('a wording that was taken back meanwhile can be set again, and the one before it brought back', async () => {
  const wording = { text: '先改的条款。', reason: '先写的说明' }
  const clause = `${office}/clauses/p9`
  await one.post(`${clause}/wording`, { ...wording, revision: '0' })
  const revision = revisionOn((await other.get(clause)).body)
  await one.post(`${clause}/wording/removal`, {})
  const late = await other.post(`${clause}/wording`, { ...wording, text: '后改的条款。', revision })
  expect(late.statusCode).toBe(409)
  expect(late.body).toContain('后改的条款。')
  const versions = await other.get(`${office}/versions/wording/1-p9`)
  expect(versions.body).toContain('撤下，没有内容')
  await other.post(`${clause}/wording`, broughtBack(versions.body, 1))
  expect((await other.get(clause)).body).toContain('先改的条款。')
})

test('whoever only reads sees what was written before, and brings nothing back', async () => {
  const page = await draft()
  const revision = revisionOn((await one.get(page)).body)
  await one.post(page, { ...answer, reason: '改过的理由', revision })
  const reader = await signIn(portal, 'auditor')
  const { statusCode, body } = await reader.get(`${office}/versions/answer/${page.split('/').at(-1)}`)
  expect(statusCode).toBe(200)
  expect(body).toContain('改过')
  expect(body).not.toContain('恢复这一版')
  for (const address of ['nothing/x', 'answer/x', 'wording/9-p7', '%00/%00'])
    expect((await one.get(`${office}/versions/${address}`)).statusCode, address).toBe(404)
})

test.each([
  { opens: aTemplate, field: 'reason' },
  { opens: aConcern, field: 'sentence' },
])(
  'whoever still has words open that were hidden is told before they save them again: $field',
  async ({ opens, field }) => {
    const { action, ones, page, versions: address } = await opens()
    const words = '王某某来电说的'
    await one.post(action, { ...ones, [field]: `已采纳${words}办法。`, revision: '1' })
    const opened = (await other.get(page)).body
    const moderator = await signIn(portal, 'moderator')
    const list = await moderator.get('/moderation/retractions')
    const consultation = /<option value="([\da-f-]+)"/.exec(list.body)?.[1]
    const fields = { consultation, words, cause: 'personal' }
    const hidden = await moderator.post('/moderation/retractions', fields)
    expect(hidden.statusCode, hidden.body).toBe(303)
    const late = await other.post(action, {
      ...ones,
      [field]: `已采纳${words}办法，并写明。`,
      revision: revisionOn(opened),
    })
    expect(late.statusCode).toBe(409)
    expect(late.body).toContain('▇▇（已隐去）')
    const versions = await one.get(address)
    expect(versions.body).not.toContain(words)
    expect(versions.body).toContain('第 3 版')
  },
)

test('of twenty who write the same revision at once one does, though they hold no row', async () => {
  const consultation = await findConsultation(portal.db, 'shanxi-laoqu')
  const of = { consultationId: consultation?.id ?? '', kind: 'theme', row: 'at once' } as const
  const act = { staffId: one.id, now: portal.clock.now }
  const write = () => portal.db.atomically((tx) => keepVersion(tx, of, { opened: 0, said: {} }, act))
  const written = await Promise.allSettled(Array.from({ length: 20 }, write))
  const refused = written.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []))
  expect(refused).toHaveLength(19)
  expect(refused.every((reason) => reason instanceof Refused && reason.why === 'stale')).toBe(true)
})

test('a reply that was noted as an opinion with an item of it is not written over by who had it open before', async () => {
  const page = await aUnit()
  const revision = revisionOn((await other.get(page)).body)
  await one.post(`${page}/items`, { clause: 'p7', body: '建议注明资金渠道。' })
  const late = await other.post(page, { reply: 'none', replied_on: '', revision })
  expect(late.statusCode).toBe(409)
  expect(late.body).toContain('有意见')
  await one.post(`${page}/items`, { clause: 'p8', body: '建议删去。' })
  expect((await other.post(page, { reply: 'none', revision: revisionOn(late.body) })).statusCode).toBe(303)
})
