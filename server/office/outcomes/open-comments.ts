import type { Database } from '../../../db/database.ts'
import { oldestOpen } from '../../../db/queries/answers/oldest-open.ts'
import type { OpenOfTheme } from '../../../db/queries/answers/open-comments.ts'
import type { Assignment } from '../../../db/queries/departments/clause-departments.ts'
import { type Day, daysBetween, shanghaiDay } from '../../rules/days.ts'
import { readingAddress } from '../comments/reading-address.ts'
import { type Open, openOf, openOn } from '../departments/open-by-department.ts'

/** Comments without an approved answer, of one clause, department or theme. */
export interface OpenRow {
  name: string
  count: number
  href: string
  /** Since when the oldest of them waits. */
  since: string
  due: DueDay[]
}

interface DueDay {
  /** Whose day it is; null where the row is theirs. */
  department: string | null
  day: Day | null
  isOverdue: boolean
}

/** What is open in a consultation, as it was read for the page. */
export interface OpenComments extends Open {
  slug: string
  clauses: { key: string; name: string }[]
  departments: { id: string; name: string }[]
  assignments: Assignment[]
  oldest: Map<string, Date | null>
  /** The same without what departments were given one by one, of clauses of which they were given any. */
  oldestLeft: Map<string, Date | null>
  today: Day
}

/** When the oldest open comment of each clause came in. */
export async function oldestByClause(
  db: Database,
  consultationId: string,
  { byClause, given }: Open,
): Promise<Pick<OpenComments, 'oldest' | 'oldestLeft'>> {
  const open = [...byClause].flatMap(([clause, count]) => (count > 0 ? [clause] : []))
  const parted = [...new Set(given.map(({ clause }) => clause))]
  const [oldest, oldestLeft] = await Promise.all([
    Promise.all(open.map(async (key) => [key, await oldestOpen(db, consultationId, key, false)] as const)),
    Promise.all(parted.map(async (key) => [key, await oldestOpen(db, consultationId, key, true)] as const)),
  ])
  return { oldest: new Map(oldest), oldestLeft: new Map(oldestLeft) }
}

export function openClauses(open: OpenComments): OpenRow[] {
  const { slug, byClause, assignments, today } = open
  return open.clauses.flatMap(({ key, name }) => {
    const count = byClause.get(key) ?? 0
    const due = assignments.flatMap(({ clause, departmentId, name: department, dueOn }) =>
      clause === key && openOn(key, departmentId, open) > 0 ? [{ department, ...dueDay(dueOn, today) }] : [],
    )
    const href = readingAddress(slug, { clause: key, answered: 'open' })
    return count > 0 ? [{ name, count, href, since: sinceOf(open.oldest.get(key), today), due }] : []
  })
}

/** The departments that have anything to answer, the one whose day is nearest first. */
export function openDepartments(open: OpenComments): OpenRow[] {
  const rows = open.departments.flatMap(({ id, name }) => {
    const count = openOf(id, open.assignments, open)
    if (count === 0) return []
    const own = open.assignments.filter((one) => one.departmentId === id && openOn(one.clause, id, open) > 0)
    const given = open.given.filter(({ departmentId }) => departmentId === id)
    const [day = null] = [...own, ...given].flatMap(({ dueOn }) => dueOn ?? []).sort()
    const oldest = [
      ...own.map(({ clause }) => (open.oldestLeft.has(clause) ? open.oldestLeft : open.oldest).get(clause)),
      ...given.map(({ since }) => since),
    ]
    const href = readingAddress(open.slug, { department: id, answered: 'open' })
    const due = { department: null, ...dueDay(day, open.today) }
    return [{ name, count, href, since: sinceOf(first(oldest), open.today), due: [due] }]
  })
  const dayOf = ({ due }: OpenRow) => due[0]?.day ?? '9999'
  return rows.sort((one, other) => (dayOf(one) < dayOf(other) ? -1 : 1))
}

export function openThemes(themes: OpenOfTheme[], { slug, today }: OpenComments): OpenRow[] {
  return themes.map(({ themeId: theme, name, count, since }) => ({
    name,
    count,
    href: readingAddress(slug, { theme, answered: 'open' }),
    since: sinceOf(since, today),
    due: [],
  }))
}

/** A day with how long ago it was. */
export function daysAgo(day: Day, today: Day): string {
  const days = daysBetween(day, today)
  return days > 0 ? `${day}（${days} 天前）` : day
}

function sinceOf(oldest: Date | null | undefined, today: Day): string {
  return oldest ? daysAgo(shanghaiDay(oldest), today) : ''
}

function first(oldest: (Date | null | undefined)[]): Date | null {
  const [earliest = null] = oldest
    .filter((one) => one !== null && one !== undefined)
    .sort((one, other) => one.getTime() - other.getTime())
  return earliest
}

function dueDay(day: Day | null, today: Day): Pick<DueDay, 'day' | 'isOverdue'> {
  return { day, isOverdue: day !== null && day < today }
}
