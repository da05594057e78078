import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Database } from '../../db/database.ts'
import { publicIds } from '../../db/queries/comments/public-ids.ts'
import { type LogEntry, type LogFilters, logEntries } from '../../db/queries/log/log.ts'
import { currentReasons } from '../../db/queries/settings.ts'
import { staffNames } from '../../db/queries/staff/staff.ts'
import type { Dependencies } from '../dependencies.ts'
import { shanghaiSecond } from '../rules/days.ts'
import { actNames, isActName } from '../rules/log/act-names.ts'
import { detailInWords } from '../rules/log/log-detail.ts'
import { nameOf } from '../rules/names.ts'
import { isUnstorable, typedText } from '../rules/typed.ts'

interface LogPage {
  entries: {
    number: number
    at: string
    by: string
    byHref: string | null
    act: string
    subject: string
    subjectHref: string
    detail: string
  }[]
  acts: [value: string, name: string][]
  filters: LogFilters
  nextPage: string | null
}

declare module '../plugins/views.ts' {
  interface Views {
    'admin/log': LogPage
  }
}

const pageSize = 50

/**
 * GET /admin/log?act=&subject=&staff=&before=: every staff act, the newest first. `subject` is the number of an entry, for
 * what was done to the same: the ids in the log tell when something came, and beside what.
 */
export function log(app: FastifyInstance, { db }: Dependencies): void {
  app.get('/log', async (request, reply) => {
    const filters = filtersOf(request)
    const rows = await logEntries(db, filters, numberIn(request, 'before'), pageSize + 1)
    const shown = rows.slice(0, pageSize)
    const names = await namesIn(
      db,
      shown.map(({ entry }) => entry),
    )
    return reply.page('admin/log', {
      entries: shown.map(({ entry, by }) => ({
        number: entry.number,
        at: shanghaiSecond(entry.at),
        by: by ?? (entry.act.startsWith('comment.') ? '提出人' : '系统'),
        byHref: entry.staffId && addressOf({ staffId: entry.staffId }),
        act: nameOf(actNames, entry.act),
        subject: names.get(entry.subject) ?? entry.subject,
        subjectHref: addressOf({ subject: entry.number }),
        detail: detailInWords(entry.detail, names),
      })),
      acts: Object.entries(actNames),
      filters,
      nextPage: rows.length > pageSize ? addressOf(filters, shown.at(-1)?.entry.number) : null,
    })
  })
}

type Asked = Pick<FastifyRequest, 'query'>

function filtersOf({ query }: Asked): LogFilters {
  const [act, staffId] = ['act', 'staff'].map((name) => {
    const value = typedText(query, name)
    return value && !isUnstorable(value) ? value : null
  })
  return {
    act: act && isActName(act) ? act : null,
    subject: numberIn({ query }, 'subject'),
    staffId: staffId ?? null,
  }
}

function numberIn({ query }: Asked, name: string): number | null {
  const value = typedText(query, name)
  return /^\d{1,9}$/.test(value) ? Number(value) : null
}

function addressOf({ act, subject, staffId }: Partial<LogFilters>, before?: number): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries({ act, subject, staff: staffId, before })) {
    if (value) query.set(name, String(value))
  }
  return `/admin/log?${query}`
}

/** What the codes and ids in these entries are called. */
async function namesIn(db: Database, entries: LogEntry[]): Promise<Map<string, string>> {
  const texts = (value: unknown) => [value].flat().filter((one) => typeof one === 'string')
  const others = entries.flatMap(({ detail }) => [...texts(detail.agreedWith), ...texts(detail.successor)])
  const subjects = entries.flatMap(({ subject, detail }) => [
    subject,
    ...texts(detail.commentId),
    ...texts(detail.comments),
  ])
  const [staff, comments, reasons] = await Promise.all([
    staffNames(db, others),
    publicIds(db, subjects),
    currentReasons(db),
  ])
  return new Map([...staff, ...comments, ...reasons.map(({ code, name }): [string, string] => [code, name])])
}
