import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Database } from '../../db/database.ts'
import { type LogFilters, logEntries } from '../../db/queries/log/log.ts'
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

/** GET /admin/log?act=&subject=&staff=&before=: every staff act, the newest first. */
export function log(app: FastifyInstance, { db }: Dependencies): void {
  app.get('/log', async (request, reply) => {
    const filters = filtersOf(request)
    const before = typedText(request.query, 'before')
    const number = /^\d{1,9}$/.test(before) ? Number(before) : null
    const rows = await logEntries(db, filters, number, pageSize + 1)
    const shown = rows.slice(0, pageSize)
    const names = await namesIn(
      db,
      shown.map(({ entry }) => entry.detail),
    )
    return reply.page('admin/log', {
      entries: shown.map(({ entry, by }) => ({
        number: entry.number,
        at: shanghaiSecond(entry.at),
        by: by ?? (entry.act.startsWith('comment.') ? '提出人' : '系统'),
        byHref: entry.staffId && addressOf({ staffId: entry.staffId }),
        act: nameOf(actNames, entry.act),
        subject: entry.subject,
        subjectHref: addressOf({ subject: entry.subject }),
        detail: detailInWords(entry.detail, names),
      })),
      acts: Object.entries(actNames),
      filters,
      nextPage: rows.length > pageSize ? addressOf(filters, shown.at(-1)?.entry.number) : null,
    })
  })
}

function filtersOf({ query }: Pick<FastifyRequest, 'query'>): LogFilters {
  const given = (name: string) => {
    const value = typedText(query, name)
    return value && !isUnstorable(value) ? value : null
  }
  const act = given('act')
  return { act: act && isActName(act) ? act : null, subject: given('subject'), staffId: given('staff') }
}

function addressOf({ act, subject, staffId }: Partial<LogFilters>, before?: number): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries({ act, subject, staff: staffId, before })) {
    if (value) query.set(name, String(value))
  }
  return `/admin/log?${query}`
}

/** What the codes and ids in these details are called. */
async function namesIn(db: Database, details: Record<string, unknown>[]): Promise<Map<string, string>> {
  const agreeing = details.map(({ agreedWith }) => (typeof agreedWith === 'string' ? agreedWith : null))
  const [staff, reasons] = await Promise.all([staffNames(db, agreeing), currentReasons(db)])
  return new Map([...staff, ...reasons.map(({ code, name }): [string, string] => [code, name])])
}
