import { afterAll, beforeAll, expect, test } from 'vitest'
import { seedSlug } from '../server/seed.ts'
import { grow } from './bench/grown.ts'
import { fixtureVersions } from './db/upgrades/fixture.ts'
import { upgraded } from './db/upgrades/upgraded.ts'
import { choosing, follow, isPublic, isStaffs } from './links.ts'
import { type Planner, planner, type Run } from './plans.ts'
import { listenToStatements } from './reads.ts'
import { codeOf, StaffBrowser } from './staff.ts'

/*
 * Every statement that a page runs, public or of a workspace, in a database with many comments: none reads what grows
 * with them. `PLANS_ROWS=100000` tries it with more.
 */
const rows = Number(process.env.PLANS_ROWS ?? 6000)

/** What may read more where there is more, and why. */
const exempt: { why: string; pages: RegExp; sql: RegExp }[] = [
  {
    why: 'what a new answer would reach, and what bars the outcome, is counted from indexes that hold nothing else',
    pages: /\/(responses\/new|outcome|points)/,
    sql: /count\(\*\).* from ("comments" where .*"answered" = '(none|bare)'|"splits" where .*"is_open")/,
  },
  {
    why: 'what is in work is counted from an index that holds nothing else',
    pages: /^\/office/,
    sql: /"clause", count\(\*\) from "comments" where \(\("comments"."answered" = 'drafted'/,
  },
  {
    why: 'what a new answer would reach is listed in the order of their index, which is read until 50 are found',
    pages: /\/responses\/new/,
    sql: /"answered" = 'none' .* order by "comments"."clause" asc, "comments"."id" asc limit/,
  },
  {
    why: 'the table of an outcome begins with the first of a clause that are answered and not summed up, in their index',
    pages: /\/outcome/,
    sql: /"answered" = 'bare' .* order by "comments"."public_id" asc limit/,
  },
  {
    why: '附议 of what is public is summed from the comments that have any',
    pages: /\/outcome/,
    sql: /sum\("endorsement_counts"."count"\)/,
  },
  {
    why: 'a reading narrowed by who sent it, where from, how, on which day, to whom it was given, whether it is answered, as it begins, or that it is under no theme, is counted among 10,000 comments and no more',
    pages:
      /[?&](identity|region|channel|department|day|answered|theme=none)(=|$|&)|\/office\/[^/]+\/comments$/,
    sql: /count\(\*\) from "comments"/,
  },
  { why: 'a paper is all that it is about', pages: /\/papers\//, sql: /./ },
  {
    why: 'what waits is counted from indexes, and no further than a limit; of the oldest day the first is looked for',
    pages: /^\/moderation(\?|$)/,
    sql: /(count\(\*\)|min\("created_at"\)) from (\(select "id" from )?"comments"|"examinations"/,
  },
  {
    why: 'a bulk names the clauses of what it would decide, which are 10,000 at most',
    pages: /^\/moderation\/bulks\/new/,
    sql: /from "comments" .*where "comments"."id" in \(/,
  },
  {
    why: 'the queue narrowed to campaigns reads the members of all of them first',
    pages: /^\/moderation\?.*only=campaign/,
    sql: /"campaign_members"/,
  },
  {
    why: 'a bulk of all that a filter lets through says in which clauses its comments stand, 10,000 at most',
    pages: /^\/moderation\/bulks\/new\?.*all=yes/,
    sql: /max\(coalesce\("units"."label"/,
  },
  {
    why: 'how many wait of each campaign is counted from the members of all',
    pages: /^\/moderation\/campaigns(\?|$)/,
    sql: /"campaign_members"/,
  },
  {
    why: 'campaigns are few: of 1,000,000 comments some thousands, in an index by their size',
    pages: /./,
    sql: / from "campaigns"/,
  },
  {
    why: 'a day is counted from its index until it is kept, an hour after it is over',
    pages: /\/figures/,
    sql: /"created_day", count\(\*\) from "comments"/,
  },
]

/** What is asked for by forms, which no link leads to. */
const formsOfStaff = [
  ...[
    'clause=p7',
    'stance=amend',
    'state=published',
    'only=mine',
    'only=late',
    'only=after_closing',
    'only=appealed',
  ],
  ...['only=campaign', 'clause=p7&stance=amend&only=personal'],
].map((query) => `/moderation?${query}`)
const formsOfSite = ['clause=p7', 'stance=amend', 'clause=p7&stance=amend', 'q=时限'].map(
  (query) => `/consultations/${seedSlug}/comments?${query}`,
)

let portal: Awaited<ReturnType<typeof upgraded>>
let plans: Planner
/** Each statement that was run, with the page that ran it first. */
const runs = new Map<string, Run & { page: string }>()

beforeAll(async () => {
  portal = await upgraded(fixtureVersions().at(-1) ?? '')
  await grow(portal.db, rows, portal.clock.now)
  plans = await planner(portal.deps.config.databaseUrl, rows)
}, 600_000)
afterAll(async () => {
  await plans.close()
  await portal.close()
})

async function walkAll(): Promise<void> {
  let page = ''
  const stop = listenToStatements(({ sql, params }) => {
    if (/^(select|with) /i.test(sql) && !runs.has(sql)) runs.set(sql, { sql, params, page })
  })
  const isChosen = choosing(1)
  const asking =
    <Answer>(get: (address: string) => PromiseLike<Answer>) =>
    (address: string) => {
      page = address
      return get(address)
    }
  const isFile = (address: string) => /\.(csv|xlsx|docx|pdf|zip|json|jsonl|jsonld)(\?|$)/.test(address)
  const look = () => {}
  for (const member of portal.facts.staff) {
    const browser = await signedIn(member)
    const isOurs = (address: string) => isStaffs(address) && !isFile(address)
    const begun = ['/moderation', '/office', '/admin', ...formsOfStaff]
    await follow(
      begun,
      asking((url) => browser.get(url)),
      { isOurs, isChosen: begunOr(begun, isChosen), look },
    )
  }
  const isOurs = (address: string) => isPublic(address) && !isFile(address)
  const begun = ['/', ...formsOfSite]
  await follow(
    begun,
    asking((url) => portal.app.inject(url)),
    { isOurs, isChosen: begunOr(begun, isChosen), look },
  )
  stop()
}

function begunOr(begun: string[], isChosen: (address: string) => boolean) {
  return (address: string) => begun.includes(address) || isChosen(address)
}

async function signedIn(member: (typeof portal.facts.staff)[number]): Promise<StaffBrowser> {
  const browser = new StaffBrowser(portal)
  await browser.get('/staff/sign-in')
  const { name, password } = member
  const code = codeOf({ id: '', ...member }, portal.clock.now)
  await browser.post('/staff/sign-in', { name, password, code })
  return browser
}

test('no page reads what grows with all comments', async () => {
  await walkAll()
  const found: string[] = []
  for (const { page, ...run } of runs.values()) {
    if (exempt.some(({ pages, sql }) => pages.test(page) && sql.test(run.sql))) continue
    const reads = await plans.readsThatGrow(run)
    if (reads.length > 0) found.push(`${page}\n  ${run.sql}\n  ${reads.join('\n  ')}`)
  }
  expect(runs.size).toBeGreaterThan(100)
  expect(found).toEqual([])
}, 600_000)
