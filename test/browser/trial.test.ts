import { eq } from 'drizzle-orm'
import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { type Consultation, findConsultation } from '../../db/queries/consultations/consultations.ts'
import { assignClauses } from '../../db/queries/departments/clause-departments.ts'
import { appointHead, joinDepartment } from '../../db/queries/departments/department-members.ts'
import { addDepartment, departmentsOf } from '../../db/queries/departments/departments.ts'
import { commentToJudge } from '../../db/queries/moderation/comment-to-judge.ts'
import { decide } from '../../db/queries/moderation/decisions.ts'
import { examinationOf } from '../../db/queries/moderation/examinations.ts'
import { wrongSplits } from '../../db/queries/points/split-check.ts'
import { wrongCounts } from '../../db/queries/upkeep/recount.ts'
import { comments, points as pointRows, splits } from '../../db/schema/index.ts'
import { followOnce } from '../../server/jobs/following.ts'
import { strict } from '../jobs/doing.ts'
import { sharedPortal } from '../shared-portal.ts'
import { signIn } from '../staff.ts'
import { type BrowsedPortal, browsePortal, pageOf } from './browser.ts'
import { campaignLetters, letters, type Sent, shortOnes } from './trial-texts.ts'

/*
 * A consultation from what people send to its second edition, by five people at once in as many browsers. `TRIAL=5000 npm run
 * test:trial` walks it with as many comments, and prints what it took; it is no part of `npm test`.
 */
const size = Number(process.env.TRIAL ?? 50)
const share = (part: number, least: number) => Math.max(least, Math.floor(size * part))
const letterCount = share(0.02, 3)
const copies = share(0.04, 4)
const sent: Sent[] = [
  ...letters(letterCount),
  ...campaignLetters(copies),
  ...shortOnes(Math.max(23, size - letterCount - 3 * copies)),
]

const office = '/office/shanxi-laoqu'
let portal: BrowsedPortal
let consultation: Consultation
sharedPortal(async () => {
  portal = await browsePortal()
  consultation = (await findConsultation(portal.db, 'shanxi-laoqu')) ?? expect.unreachable()
  return portal
})

/** What somebody does at a browser: each click and key is an act. */
class Hand {
  readonly page: Page
  acts = 0
  posts = 0
  typed = 0

  constructor(page: Page) {
    this.page = page
    page.setDefaultTimeout(30_000)
    page.on('request', (request) => {
      if (request.method() === 'POST') this.posts++
    })
  }

  async press(name: string | RegExp): Promise<void> {
    await this.click(this.page.getByRole('button', { name }).first())
  }

  async click(what: Locator): Promise<void> {
    this.acts++
    await what.click()
  }

  async key(key: string): Promise<void> {
    this.acts++
    await this.page.keyboard.press(key)
  }

  async type(what: Locator, words: string): Promise<void> {
    this.acts++
    this.typed += words.length
    await what.fill(words)
  }

  async has(text: string | RegExp): Promise<boolean> {
    return (await this.page.getByText(text).count()) > 0
  }
}

/** Through the door, as a browser with script sends them. */
async function send(): Promise<void> {
  for (let done = 0; done < sent.length; done += 50)
    await Promise.all(
      sent.slice(done, done + 50).map(async ({ body, clause }, i) => {
        const answer = await fetch(`${portal.url}/consultations/shanxi-laoqu/submissions`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'idempotency-key': `trial-${done + i}-of-all` },
          body: JSON.stringify({
            ...{ identity: 'individual', visibility: 'public', notice: true },
            comments: [{ clause, stance: 'amend', body }],
          }),
        })
        expect(answer.status, await answer.text()).toBeLessThan(300)
      }),
    )
  while (await followOnce(portal.deps, strict)) {}
}

async function admitAll(): Promise<void> {
  const { db, deps, clock } = portal
  const { id: staffId } = await signIn(portal, 'moderator')
  for (const { publicId } of await db.query.select({ publicId: comments.publicId }).from(comments)) {
    const comment = (await commentToJudge(db, publicId)) ?? expect.unreachable()
    await decide(
      db,
      deps.seals,
      comment,
      {
        ...{ admission: 'admitted', publication: 'published', reason: null, note: null },
        ...{ transferred: false, version: comment.version },
      },
      await examinationOf(db, deps.seals, comment),
      { staffId, agreedBy: null },
      clock.now,
    )
  }
}

/** One parts letters by keys, from the longest, until none waits. */
async function partLetters(hand: Hand): Promise<void> {
  const { page } = hand
  await page.goto(`${office}/splits`)
  await hand.click(page.locator('main a[href*="/splits/"]').first())
  while (true) {
    await page.getByRole('heading', { name: '梳理一条意见' }).waitFor()
    const proposes = await page.getByRole('button', { name: /采用建议的/ }).count()
    await hand.key(proposes > 0 ? 'a' : 'o')
    await page.getByText('每一句都已归入').waitFor()
    if ((await page.getByRole('button', { name: '用于这些同类意见' }).count()) > 0)
      await hand.press('用于这些同类意见')
    const next = page.locator('a[data-key=n]')
    await page.getByText('每一句都已归入').waitFor()
    if ((await next.count()) === 0) return
    const before = page.url()
    await hand.key('n')
    await page.waitForURL((url) => url.href !== before)
  }
}

/** What people said of a clause is gathered, at most so many in a sentence. */
const gathered = 12

/** Points of letters are gathered clause by clause, and each sentence is answered once. */
async function gatherAndAnswer(hand: Hand, clauses: string[]): Promise<number> {
  const { page } = hand
  let concerns = 0
  for (const clause of clauses) {
    for (let number = 1; ; number++) {
      await page.goto(`${office}/points?clause=${clause}&concern=none&answered=no`)
      const boxes = page.locator('input[name=point]')
      const count = Math.min(await boxes.count(), gathered)
      if (count === 0) break
      for (let i = 0; i < count; i++) await hand.click(boxes.nth(i))
      await hand.type(page.getByLabel('归并为一句话'), `关于本条的第${number}类建议`)
      await hand.press('归并')
      await hand.click(page.getByRole('link', { name: '答复其中未答复的' }))
      await hand.click(page.getByRole('radio', { name: '已作说明', exact: true }))
      await hand.type(page.getByRole('textbox', { name: '理由' }), `第${number}类建议的内容已经写在本条里。`)
      await hand.press('保存为草稿')
      await hand.press('送审')
      await page.getByText('等待另一位审批人员批准').waitFor()
      concerns++
    }
  }
  return concerns
}

/** The short ones of a clause get one answer. */
async function answerClauses(hand: Hand, clauses: string[]): Promise<void> {
  const { page } = hand
  for (const clause of clauses) {
    await page.goto(`${office}/comments?clause=${clause}&answered=no`)
    const all = page.getByRole('link', { name: '用一份答复答复这里列出的全部意见' })
    if ((await all.count()) === 0) continue
    await hand.click(all)
    if (await hand.has('这些意见都不用再答复')) continue
    await hand.click(page.getByRole('radio', { name: '部分采纳', exact: true }))
    await hand.type(page.getByRole('textbox', { name: '理由' }), '办理的时限和单位写在第（二十）条。')
    await hand.press('保存为草稿')
    await hand.press('送审')
    await page.getByText('等待另一位审批人员批准').waitFor()
  }
}

/** A department answers a clause, and its head confirms it. */
async function answerAsDepartment(hand: Hand): Promise<void> {
  const { page } = hand
  await page.goto('/office')
  await hand.click(page.getByRole('link', { name: /^待我答复/ }))
  await hand.click(page.getByRole('link', { name: /答复这条/ }).first())
  await hand.click(page.getByRole('radio', { name: '部分采纳' }))
  await hand.type(page.getByLabel('理由', { exact: true }), '拟写明牵头单位和时限。')
  await hand.press('送负责人确认')
  await hand.type(page.getByLabel('函号'), '晋农函〔2026〕5号')
  await page.getByLabel('日期').fill('2026-12-24')
  await hand.press('确认')
  await page.getByText('已经确认，交起草单位研究').waitFor()
}

/** Those that wait are approved together, looked through first. */
async function approveAll(hand: Hand): Promise<number> {
  const { page } = hand
  let approved = 0
  while (true) {
    await page.goto(`${office}/responses?state=submitted`)
    const boxes = await page.locator('input[name=response]').count()
    if (boxes === 0) return approved
    await hand.click(page.getByLabel('不用勾选，这里列出的全部'))
    await hand.press('批准勾选的')
    const heading = await page.getByRole('heading', { name: /批准 \d+ 份答复：请先核对/ }).textContent()
    const count = Number(/\d+/.exec(heading ?? '')?.[0])
    const number = page.getByLabel(/份数/)
    if ((await number.count()) > 0) await hand.type(number, String(count))
    await hand.press(/^确认批准/)
    await page
      .getByText(/全部办好了|已批准/)
      .first()
      .waitFor()
    approved += count
  }
}

/** What turned out wrong is corrected by two, and the next edition says so. */
async function correct(hand: Hand, another: Hand): Promise<void> {
  await hand.page.goto(`${office}/responses?state=approved`)
  await hand.click(hand.page.getByRole('link', { name: '已作说明' }).first())
  const address = hand.page.url()
  await hand.click(hand.page.locator('summary', { hasText: '提出更正' }))
  await hand.click(hand.page.getByRole('radio', { name: '部分采纳', exact: true }))
  await hand.type(hand.page.getByLabel('更正原因'), '原答复漏写了已经采纳的部分。')
  await hand.press('提出更正')
  await another.page.goto(address)
  await another.press('批准更正')
  await another.page.getByText('已更正', { exact: true }).waitFor()
}

async function publish(hand: Hand, name: string, edition: number): Promise<void> {
  await hand.page.goto(`${office}/outcome`)
  await hand.press(name)
  await hand.page.getByText(`第 ${edition} 版`).first().waitFor()
}

/** Every count of a list is a link to exactly that many. */
async function followCounts({ page }: Hand): Promise<void> {
  let next: string | null = `${office}/concerns`
  while (next) {
    await page.goto(next)
    const rows = await page
      .locator('.concerns-of tbody tr')
      .evaluateAll((found) =>
        found.map((row) => [
          row.querySelector('a')?.getAttribute('href'),
          row.querySelector('.number')?.textContent,
        ]),
      )
    next = await page
      .locator('a[rel=next]')
      .first()
      .getAttribute('href', { timeout: 500 })
      .catch(() => null)
    for (const [href, count] of rows) {
      const body = await (await page.request.get(`${portal.url}${href}`)).text()
      expect([href, body.match(/name="point"/g)?.length]).toEqual([href, Number(count)])
    }
  }
}

/** Long passages that ask for nothing need a second person. */
async function confirmPassages(hand: Hand): Promise<void> {
  const { page } = hand
  await page.goto(`${office}/obstacles`)
  for (const href of await page
    .locator('a[href*="/splits/"]')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))) {
    await page.goto(href)
    const buttons = page.getByRole('button', { name: /确认未提/ })
    while ((await buttons.count()) > 0) await hand.click(buttons.first())
  }
}

/** A page of the site and those on which it goes on. */
async function pagesOf(address: string): Promise<string[]> {
  const page = await (await fetch(portal.url + address)).text()
  const next = /<a[^>]*rel="next"[^>]*href="([^"]+)"|<a[^>]*href="([^"]+)"[^>]*rel="next"/.exec(page)
  const on = next?.[1] ?? next?.[2]
  return [page, ...(on ? await pagesOf(on.replaceAll('&amp;', '&')) : [])]
}

test.runIf(process.env.TRIAL)(
  `${sent.length} comments are parted, gathered, answered and published by five at once, and corrected`,
  async () => {
    const { db, clock } = portal
    const took: [string, number][] = []
    const timed = async <Done>(what: string, work: () => Promise<Done>): Promise<Done> => {
      const began = performance.now()
      const done = await work()
      took.push([what, Math.round((performance.now() - began) / 1000)])
      return done
    }
    await timed('sent', send)
    await timed('admitted', admitAll)
    clock.now = new Date('2026-12-24T02:00:00Z')

    const member = await signIn(portal, 'department')
    const act = { staffId: member.id, now: clock.now }
    await addDepartment(db, consultation.id, '省农业农村厅', act)
    const [department] = await departmentsOf(db, consultation.id)
    await joinDepartment(db, department?.id ?? '', member.name, act)
    await appointHead(db, department?.id ?? '', { memberId: member.id, isHead: true }, act)

    const hands = {
      first: new Hand(await pageOf(portal, await signIn(portal, 'drafter'))),
      second: new Hand(await pageOf(portal, await signIn(portal, 'drafter'))),
      approver: new Hand(await pageOf(portal, await signIn(portal, 'approver'))),
      other: new Hand(await pageOf(portal, await signIn(portal, 'approver'))),
      department: new Hand(await pageOf(portal, member)),
    }
    const { first, second, approver, other } = hands
    const of = { consultationId: consultation.id, departmentId: department?.id ?? '' }
    await assignClauses(db, of, { clauses: ['p7'], dueOn: '2026-12-31' }, act)
    const clauses = ['draft', ...Array.from({ length: 40 }, (_, i) => `p${i + 1}`)]

    await timed('letters parted, the short ones answered meanwhile', () =>
      Promise.all([
        partLetters(first),
        answerAsDepartment(hands.department),
        answerClauses(
          second,
          clauses.filter((key) => key !== 'p7'),
        ),
      ]),
    )
    const concerns = await timed('points gathered and answered, approved meanwhile', async () => {
      const [one, two] = await Promise.all([
        gatherAndAnswer(
          first,
          clauses.filter((_, i) => i % 2 === 0),
        ),
        gatherAndAnswer(
          second,
          clauses.filter((_, i) => i % 2 === 1),
        ),
        approveAll(approver),
      ])
      return one + two
    })
    await timed('the rest of the campaigns', () => answerClauses(second, clauses))
    await timed('approved', () => approveAll(approver))
    await timed('long passages confirmed', () => confirmPassages(other))
    expect(await wrongCounts(db)).toEqual([])
    expect(await wrongSplits(db)).toEqual([])

    await followCounts(first)

    await timed('published, corrected, published again', async () => {
      await publish(other, '公布结果', 1)
      clock.now = new Date(clock.now.getTime() + 60_000)
      await correct(approver, other)
      clock.now = new Date(clock.now.getTime() + 60_000)
      await publish(other, '公布新的一版', 2)
    })
    process.stdout.write(
      `${JSON.stringify({
        comments: sent.length,
        letters: letterCount,
        points: sent.slice(0, letterCount).reduce((sum, { says }) => sum + says, 0),
        concerns,
        took: Object.fromEntries(took),
        hands: Object.fromEntries(
          Object.entries(hands).map(([name, { acts, posts, typed }]) => [name, { acts, posts, typed }]),
        ),
      })}\n`,
    )
    const outcome = await pagesOf('/consultations/shanxi-laoqu/outcome')
    expect(outcome.some((page) => page.includes('采纳情况已更正'))).toBe(true)
    const points = await db.query.$count(pointRows, eq(pointRows.kind, 'point'))
    const whole =
      (await db.query.$count(comments)) - (await db.query.$count(splits, eq(splits.state, 'split')))
    expect(outcome[0]).toContain(`梳理为 ${points + whole} 条具体意见`)
  },
  3_600_000,
)
