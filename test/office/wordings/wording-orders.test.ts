import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { type Consultation, findConsultation } from '../../../db/queries/consultations/consultations.ts'
import { orderedClauses } from '../../../db/queries/drafts/ordered-clauses.ts'
import { revisedWordingsOf } from '../../../db/queries/wordings/revised-wordings.ts'
import { comments } from '../../../db/schema/index.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { sharedPortal } from '../../shared-portal.ts'
import { type SignedIn, signIn } from '../../staff.ts'
import { amendment, say } from '../filled-consultation.ts'

let portal: TestPortal
let consultation: Consultation
let drafter: SignedIn
let approver: SignedIn
const office = '/office/shanxi-laoqu'

sharedPortal(async () => {
  portal = await buildTestApp()
  consultation = (await findConsultation(portal.db, 'shanxi-laoqu')) ?? expect.unreachable()
  drafter = await signIn(portal, 'drafter')
  approver = await signIn(portal, 'drafter', 'approver')
  await Promise.all([drafter.get(office), approver.get(office)])
  return portal
})

/** The same numbers in each run; `SEED` for others. */
let state = Number(process.env.SEED ?? 23)
const chance = (end: number) => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
  return Math.floor((state / 2 ** 32) * end)
}
const shuffled = <Item>(items: readonly Item[]): Item[] =>
  items
    .map((item) => ({ item, at: chance(2 ** 30) }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item)

/** Words of a clause that somebody wants to be others, none of which touches another's. */
interface Wish {
  start: number
  end: number
  proposal: 'amend' | 'delete' | 'insert_after'
  wording: string | null
  comment: string
}

/** Passages that stand once in the text, apart from one another, each with what is asked for it. */
function wishesFor(text: string, most: number): Omit<Wish, 'comment'>[] {
  const wishes: Omit<Wish, 'comment'>[] = []
  for (let start = 1 + chance(5); start + 8 < text.length && wishes.length < most; ) {
    const end = start + 4 + chance(4)
    const exact = text.slice(start, end)
    if (text.indexOf(exact) === text.lastIndexOf(exact)) {
      const proposal = (['amend', 'delete', 'insert_after'] as const)[chance(3)] ?? 'amend'
      wishes.push({ start, end, proposal, wording: proposal === 'delete' ? null : `【改${wishes.length}】` })
    }
    start = end + 2 + chance(12)
  }
  return wishes
}

/** What a person would write who met all of these. */
function met(text: string, wishes: readonly Omit<Wish, 'comment'>[]): string {
  return [...wishes]
    .sort((a, b) => b.start - a.start)
    .reduce((now, { start, end, proposal, wording }) => {
      const kept = proposal === 'insert_after' ? now.slice(0, end) : now.slice(0, start)
      return `${kept}${wording ?? ''}${now.slice(end)}`
    }, text)
}

async function wished(clause: string, text: string): Promise<Wish[]> {
  const wishes = wishesFor(text, 5)
  const ids = await say(
    portal.db,
    consultation,
    wishes.map((_, place) => ({ ...amendment, clause, body: `${clause}的第${place}个建议。` })),
  )
  for (const [place, { start, end, proposal, wording }] of wishes.entries()) {
    const quote = { prefix: '', exact: text.slice(start, end), suffix: '', start, end }
    await portal.db.query
      .update(comments)
      .set({ proposal, wording, quote })
      .where(eq(comments.publicId, ids[place] ?? ''))
  }
  return wishes.map((wish, place) => ({ ...wish, comment: ids[place] ?? '' }))
}

const plain = (html: string) =>
  html.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')

/** What stands in a field of a page's form. */
function fieldIn(body: string, name: string): string {
  const found = new RegExp(`name="${name}"(?: value="([^"]*)"|[^>]*>([^<]*)<)`).exec(body)
  return plain(found?.[1] ?? found?.[2] ?? '')
}

/** How the clause is to read by what two persons have said; null where it stands as it was put out. */
async function inForce(clause: string): Promise<string | null> {
  return (
    (await revisedWordingsOf(portal.db, consultation.id)).find((one) => one.clause === clause)?.text ?? null
  )
}

/** Sets a wording by the form that was read and has another approve it. @returns its revision */
async function agreed(clause: string, fields: Record<string, unknown>): Promise<number> {
  const sent = await drafter.post(`${office}/clauses/${clause}/wording`, fields)
  expect(sent.statusCode, sent.body).toBe(303)
  const revision = Number(fields.revision) + 1
  const approved = await approver.post(`${office}/clauses/${clause}/wording/approval`, { revision })
  expect(approved.statusCode, approved.body).toBe(303)
  return revision
}

/** Accepts wishes one after another, each time with those before. @returns the texts by revision */
async function accepted(clause: string, wishes: readonly Wish[]): Promise<Map<number, string>> {
  const texts = new Map<number, string>()
  for (const [place] of wishes.entries()) {
    const ticked = wishes.slice(0, place + 1).map(({ comment }) => comment)
    const page = await drafter.post(`${office}/clauses/${clause}/wording/merger`, { comment: ticked })
    const text = fieldIn(page.body, 'text')
    const revision = fieldIn(page.body, 'revision')
    texts.set(await agreed(clause, { text, reason: '见意见。', revision, comment: ticked }), text)
    expect(await inForce(clause)).toBe(text)
  }
  return texts
}

/** The form with which an earlier version is brought back, as its page has it. */
async function earlier(clause: string, revision: number) {
  const { body } = await drafter.get(`${office}/versions/wording/1-${clause}?before=${revision + 1}`)
  const form = body.split('<form').find((one) => one.includes('name="text"')) ?? ''
  const fields = [...form.matchAll(/name="(\w+)" value="([^"]*)"/g)]
  return Object.fromEntries(fields.map(([, name = '', value = '']) => [name, plain(value)]))
}

test('disjoint wordings that are accepted in any order make one text, and any version comes back as it was', async () => {
  const clauses = await orderedClauses(portal.db, consultation.id)
  const long = shuffled(clauses.filter(({ text }) => text.length > 80)).slice(0, 4)
  for (const { key, text } of long) {
    const wishes = await wished(key, text)
    expect(wishes.length).toBeGreaterThan(2)
    const texts = await accepted(key, shuffled(wishes))
    const all = met(text, wishes)
    expect(await inForce(key), `${key} with all of ${JSON.stringify(wishes)}`).toBe(all)
    for (let time = 0; time < 3; time++) {
      const [revision, said] = shuffled([...texts].slice(0, -1))[0] ?? expect.unreachable()
      const back = await earlier(key, revision)
      texts.set(await agreed(key, back), String(back.text))
      expect(await inForce(key), `version ${revision} of ${key}`).toBe(said)
    }
    const again = await accepted(key, shuffled(wishes))
    expect([...again.values()].at(-1)).toBe(all)
  }
})
