import type { FastifyInstance } from 'fastify'
import type { Database } from '../../../db/database.ts'
import { progressOf } from '../../../db/queries/answers/progress.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { consultationsOfStaff } from '../../../db/queries/consultations/consultations-of-staff.ts'
import type { Member } from '../../../db/queries/staff/staff.ts'
import type { Dependencies } from '../../dependencies.ts'
import { memberOf } from '../../plugins/roles.ts'
import { shanghaiDay } from '../../rules/days.ts'
import { hasRole } from '../../rules/staff/roles.ts'
import { readers } from '../consultation.ts'
import { type Waiting, waitingFor } from './waiting.ts'

interface ListedConsultation {
  slug: string
  title: string
  organ: string
  opens: string
  closes: string
  /** null for whoever only answers what a department was given. */
  counts: { received: number; pending: number } | null
  /** What waits for whoever reads the page. */
  waiting: Waiting[]
}

declare module '../../plugins/views.ts' {
  interface Views {
    'office/consultations/home': { consultations: ListedConsultation[]; mayPutUp: boolean }
  }
}

/** GET /office: the consultations on which this member of staff works. */
export function home(app: FastifyInstance, { db }: Dependencies): void {
  app.get('/', async (request, reply) => {
    const member = memberOf(request)
    const { id, grants } = member
    const mine = await consultationsOfStaff(db, id, [...readers, 'department'])
    const consultations = await Promise.all(mine.map((consultation) => listed(db, consultation, member)))
    const mayPutUp = grants.some(({ role }) => role === 'drafter')
    return reply.page('office/consultations/home', { consultations, mayPutUp })
  })
}

async function listed(db: Database, consultation: Consultation, member: Member): Promise<ListedConsultation> {
  const { id, slug, title, organ, opensAt, closesAt } = consultation
  const progress = await progressOf(db, id)
  const count = (state: string | null) =>
    progress.cells.reduce((sum, cell) => (state === null || cell.state === state ? sum + cell.count : sum), 0)
  return {
    slug,
    title,
    organ,
    opens: shanghaiDay(opensAt),
    closes: shanghaiDay(closesAt),
    counts: hasRole(member.grants, readers, id) ? { received: count(null), pending: count('pending') } : null,
    waiting: await waitingFor(db, consultation, member, progress),
  }
}
