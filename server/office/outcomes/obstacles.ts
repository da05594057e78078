import type { FastifyInstance } from 'fastify'
import { writingRoles } from '../../../db/queries/answers/handover.ts'
import { oldestPending } from '../../../db/queries/answers/oldest-open.ts'
import { openAnswers } from '../../../db/queries/answers/open-answers.ts'
import { givenOpen, openByTheme } from '../../../db/queries/answers/open-comments.ts'
import { progressOf } from '../../../db/queries/answers/progress.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { assignmentsOf } from '../../../db/queries/departments/clause-departments.ts'
import { departmentsOf } from '../../../db/queries/departments/departments.ts'
import { orderedClauses } from '../../../db/queries/drafts/ordered-clauses.ts'
import { obstacles as inTheWay } from '../../../db/queries/outcomes/obstacles.ts'
import { staffWith } from '../../../db/queries/staff/staff.ts'
import type { Dependencies } from '../../dependencies.ts'
import { memberOf } from '../../plugins/roles.ts'
import { shanghaiDay } from '../../rules/days.ts'
import { wholeDraft, wholeDraftName } from '../../rules/names.ts'
import { hasRole } from '../../rules/staff/roles.ts'
import { openIn } from '../departments/open-by-department.ts'
import {
  daysAgo,
  type OpenRow,
  oldestByClause,
  openClauses,
  openDepartments,
  openThemes,
} from './open-comments.ts'
import { type OpenWork, openWork } from './open-work.ts'
import { obstacleTexts } from './outcome.ts'

declare module '../../plugins/views.ts' {
  interface Views {
    'office/outcomes/obstacles': {
      consultation: Consultation
      obstacles: { text: string; href: string }[]
      /** The day on which the first came in of those that wait for moderation. */
      pendingSince: string | null
      clauses: OpenRow[]
      departments: OpenRow[]
      themes: OpenRow[]
      work: OpenWork
      /** Who could go on with the drafts of somebody who has left; empty for whoever may not say it. */
      successors: [id: string, name: string][]
    }
  }
}

/** GET /office/:slug/obstacles: all that still bars the outcome, by clause, department, theme and person. */
export function obstacles(app: FastifyInstance, { db, now }: Dependencies): void {
  app.get('/obstacles', async (request, reply) => {
    const { consultation } = request
    const { id, slug } = consultation
    const today = shanghaiDay(now())
    const [progress, given, themes, clauses, departments, assignments, answers, approvers, writers, pending] =
      await Promise.all([
        progressOf(db, id),
        givenOpen(db, id),
        openByTheme(db, id),
        orderedClauses(db, id),
        departmentsOf(db, id),
        assignmentsOf(db, id),
        openAnswers(db, id),
        staffWith(db, ['approver'], id),
        staffWith(db, writingRoles, id),
        oldestPending(db, id),
      ])
    const mayHandOver = hasRole(memberOf(request).grants, ['approver'], id)
    const counts = { byClause: openIn(progress), given }
    const [bars, oldest] = await Promise.all([
      inTheWay(db, consultation, progress),
      oldestByClause(db, id, counts),
    ])
    const open = {
      ...{ ...counts, ...oldest, slug, departments, assignments, today },
      clauses: [{ key: wholeDraft, name: wholeDraftName }, ...clauses],
    }
    return reply.page('office/outcomes/obstacles', {
      consultation,
      obstacles: obstacleTexts(consultation, bars, now()),
      pendingSince: pending && daysAgo(pending, today),
      clauses: openClauses(open),
      departments: openDepartments(open),
      themes: openThemes(themes, open),
      work: openWork(consultation, answers, approvers, today),
      successors: mayHandOver ? writers.map(({ id, name }) => [id, name]) : [],
    })
  })
}
