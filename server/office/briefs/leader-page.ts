import type { FastifyInstance, FastifyRequest } from 'fastify'
import { keepLeaderPage, versionedLeaderPage } from '../../../db/queries/briefs/leader-page.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { currentVersion, type OfficeVersion } from '../../../db/queries/versions/office-versions.ts'
import { doneUnless } from '../../../db/refused.ts'
import type { Dependencies } from '../../dependencies.ts'
import { type LeaderSheet, leaderSheet } from '../../documents/papers/leader-sheet.ts'
import { actOf } from '../../plugins/roles.ts'
import { leaderPageForm, type TypedLeaderPage } from '../../rules/briefs/leader-page-form.ts'
import type { FieldError } from '../../rules/typed.ts'
import { mayWrite } from '../consultation.ts'
import { conflict } from '../versions/conflict.ts'
import { concernsToChoose } from '../versions/named.ts'
import { type Saved, savedAs } from '../versions/versioned.ts'

interface LeaderPage {
  consultation: Consultation
  address: string
  sheet: LeaderSheet
  saved: Saved | null
  concerns: [id: string, sentence: string][]
  mayWrite: boolean
  typed: TypedLeaderPage
  errors: FieldError[]
}

declare module '../../plugins/views.ts' {
  interface Views {
    'office/briefs/leader-page': LeaderPage
  }
}

/**
 * GET /office/:slug/leader-page: 呈阅件（一页）, as it is printed, and the form of what the office writes on it; its numbers
 * come from the data. POST keeps what was typed, as a version.
 */
export function leaderPage(app: FastifyInstance, deps: Dependencies): void {
  const { db, now } = deps

  app.get('/leader-page', async (request, reply) =>
    reply.page('office/briefs/leader-page', await leaderPageOf(deps, request)),
  )

  app.post('/leader-page', async (request, reply) => {
    const { consultation } = request
    const { typed, values, errors } = leaderPageForm.sent(request.body)
    if (!values) {
      const page = await leaderPageOf(deps, request)
      return reply.code(422).page('office/briefs/leader-page', { ...page, typed, errors })
    }
    const { numbers } = await leaderSheet(db, consultation, values, now())
    const kept = keepLeaderPage(db, consultation.id, values, numbers, actOf(request, deps))
    return (await doneUnless('stale', kept))
      ? reply.redirect(`/office/${consultation.slug}/leader-page`, 303)
      : conflict(deps, request, reply, versionedLeaderPage(consultation.id), typed)
  })
}

async function leaderPageOf({ db, now }: Dependencies, request: FastifyRequest): Promise<LeaderPage> {
  const { consultation } = request
  const of = versionedLeaderPage(consultation.id)
  const version = await currentVersion(db, of)
  const [sheet, concerns] = await Promise.all([
    leaderSheet(db, consultation, version?.said ?? null, now()),
    concernsToChoose({ db }, consultation.id),
  ])
  return {
    ...{ consultation, sheet, concerns, address: `/office/${consultation.slug}/leader-page` },
    saved: savedAs(consultation, of, version),
    mayWrite: mayWrite(request),
    typed: typedOf(sheet, version),
    errors: [],
  }
}

function typedOf({ text }: LeaderSheet, version: OfficeVersion | null): TypedLeaderPage {
  return leaderPageForm.given({ ...text, revision: version?.revision ?? 0 })
}
