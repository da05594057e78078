import type { FastifyInstance } from 'fastify'
import { logEntries } from '../../db/queries/log.ts'
import type { Dependencies } from '../dependencies.ts'
import { actNames, isActName } from '../rules/act-names.ts'
import { detailInWords } from '../rules/log-detail.ts'
import { nameOf } from '../rules/names.ts'
import { shanghaiMinute } from '../rules/shanghai.ts'
import { isUnstorable, typedText } from '../rules/typed.ts'

interface LogPage {
  entries: {
    number: number
    at: string
    by: string
    act: string
    subject: string
    subjectHref: string
    detail: string
  }[]
  acts: [value: string, name: string][]
  act: string | null
  subject: string | null
  nextPage: string | null
}

declare module '../plugins/views.ts' {
  interface Views {
    'admin/log': LogPage
  }
}

const pageSize = 50

/** GET /admin/log?act=&subject=&before=: every staff act, the newest first. */
export function actsLog(app: FastifyInstance, { db }: Dependencies): void {
  app.get('/log', async (request, reply) => {
    const given = (name: string) => {
      const value = typedText(request.query, name)
      return value && !isUnstorable(value) ? value : null
    }
    const [subject, before, asked] = [given('subject'), given('before'), given('act')]
    const act = asked !== null && isActName(asked) ? asked : null
    const number = before !== null && /^\d{1,9}$/.test(before) ? Number(before) : null
    const rows = await logEntries(db, { act, subject, staffId: given('staff') }, number, pageSize + 1)
    const shown = rows.slice(0, pageSize)
    const address = (more: Record<string, string>) => `/admin/log?${new URLSearchParams(more)}`
    const filters = { ...(act ? { act } : {}), ...(subject ? { subject } : {}) }
    return reply.page('admin/log', {
      entries: shown.map(({ entry, by }) => ({
        number: entry.number,
        at: shanghaiMinute(entry.at),
        by: by ?? (entry.act.startsWith('comment.') ? '提出人' : '系统'),
        act: nameOf(actNames, entry.act),
        subject: entry.subject,
        subjectHref: address({ subject: entry.subject }),
        detail: detailInWords(entry.detail),
      })),
      acts: Object.entries(actNames),
      act,
      subject,
      nextPage:
        rows.length > pageSize ? address({ ...filters, before: String(shown.at(-1)?.entry.number) }) : null,
    })
  })
}
