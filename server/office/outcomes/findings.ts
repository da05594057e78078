import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import {
  addFinding,
  changeFinding,
  type Finding,
  findingsOf,
  removeFinding,
  versionedFinding,
} from '../../../db/queries/outcomes/findings.ts'
import { currentVersion } from '../../../db/queries/versions/office-versions.ts'
import { doneUnless } from '../../../db/refused.ts'
import type { Dependencies } from '../../dependencies.ts'
import { notFound } from '../../plugins/page-error.ts'
import { actOf } from '../../plugins/roles.ts'
import { findingForm, reviewNames, type TypedFinding } from '../../rules/outcomes/findings.ts'
import type { FieldError } from '../../rules/typed.ts'
import { mayWrite } from '../consultation.ts'
import { conflict } from '../versions/conflict.ts'
import { type Saved, savedAs } from '../versions/versioned.ts'

interface FindingsPage {
  consultation: Consultation
  address: string
  findings: Finding[]
  reviews: readonly string[]
  mayWrite: boolean
  /** The one that is being changed; null for a new one. */
  editing: string | null
  saved: Saved | null
  typed: TypedFinding
  errors: FieldError[]
}

declare module '../../plugins/views.ts' {
  interface Views {
    'office/outcomes/findings': FindingsPage
  }
}

interface OfFinding {
  Params: { finding: string }
}

/** /office/:slug/findings, or ?finding= to change one: what reviews of the draft found, and what was done about it. */
export function findings(app: FastifyInstance, deps: Dependencies): void {
  app.get<{ Querystring: { finding?: unknown } }>('/findings', async (request, reply) => {
    const { consultation } = request
    const page = await findingsPage(deps, request)
    const finding = page.mayWrite ? page.findings.find(({ id }) => id === request.query.finding) : undefined
    if (!finding) return reply.page('office/outcomes/findings', page)
    const versioned = versionedFinding(consultation.id, finding.id)
    const version = await currentVersion(deps.db, versioned)
    return reply.page('office/outcomes/findings', {
      ...page,
      editing: finding.id,
      saved: savedAs(consultation, versioned, version),
      typed: findingForm.given({ ...finding, revision: version?.revision ?? 0 }),
    })
  })

  app.post('/findings', (request, reply) => keep(deps, request, reply, null))

  app.post<OfFinding>('/findings/:finding', async (request, reply) =>
    keep(deps, request, reply, await findingAsked(deps, request)),
  )

  app.post<OfFinding>('/findings/:finding/removal', async (request, reply) => {
    const { finding } = await findingAsked(deps, request)
    await removeFinding(deps.db, finding, actOf(request, deps))
    return reply.redirect(addressOf(request.consultation), 303)
  })
}

interface AskedFinding {
  finding: Finding
  findings: Finding[]
}

/** The finding that the address names, among all. @throws PageError 404 */
async function findingAsked(
  { db }: Dependencies,
  { consultation, params }: FastifyRequest<OfFinding>,
): Promise<AskedFinding> {
  const findings = await findingsOf(db, consultation.id)
  const finding = findings.find(({ id }) => id === params.finding)
  if (!finding) throw notFound()
  return { finding, findings }
}

function addressOf({ slug }: Consultation): string {
  return `/office/${slug}/findings`
}

/** Stores a new finding or the changed one, and goes back to the page; with what is wrong, where something is. */
async function keep(
  deps: Dependencies,
  request: FastifyRequest,
  reply: FastifyReply,
  asked: AskedFinding | null,
): Promise<FastifyReply> {
  const { consultation } = request
  const editing = asked?.finding.id ?? null
  const { typed, values, errors } = findingForm.sent(request.body)
  if (!values) {
    const page = await findingsPage(deps, request, asked?.findings)
    return reply.code(422).page('office/outcomes/findings', { ...page, editing, typed, errors })
  }
  const act = actOf(request, deps)
  if (editing === null) await addFinding(deps.db, consultation.id, values, act)
  else {
    const changing = changeFinding(deps.db, { ...values, id: editing, consultationId: consultation.id }, act)
    if (!(await doneUnless('stale', changing)))
      return conflict(deps, request, reply, versionedFinding(consultation.id, editing), typed)
  }
  return reply.redirect(addressOf(consultation), 303)
}

/** The page with nothing typed in its form. @param known the findings, where they are read */
async function findingsPage(
  { db }: Dependencies,
  request: FastifyRequest,
  known?: Finding[],
): Promise<FindingsPage> {
  const { consultation } = request
  return {
    consultation,
    address: addressOf(consultation),
    findings: known ?? (await findingsOf(db, consultation.id)),
    reviews: reviewNames,
    mayWrite: mayWrite(request),
    editing: null,
    saved: null,
    typed: findingForm.blank,
    errors: [],
  }
}
