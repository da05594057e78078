import type { FastifyInstance } from 'fastify'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { orderedClauses } from '../../../db/queries/drafts/ordered-clauses.ts'
import {
  currentVersion,
  type OfficeVersion,
  versionsOf,
} from '../../../db/queries/versions/office-versions.ts'
import type { Dependencies } from '../../dependencies.ts'
import { notFound } from '../../plugins/page-error.ts'
import { shanghaiMinute } from '../../rules/days.ts'
import { asTyped, isVersionKind, saidInWords, type VersionKind } from '../../rules/versions/version-kinds.ts'
import type { Difference } from '../../text/comparing/differences.ts'
import { mayWrite } from '../consultation.ts'
import { comparedWith } from './compared.ts'
import { calledIn, namedFor } from './named.ts'
import { closedFor, placeOf, type VersionedPlace, versionsAddress } from './versioned.ts'

interface ShownVersion {
  revision: number
  by: string | null
  at: string | null
  /** Field by field, compared with the version before it; null where it was taken away. */
  fields: { label: string; pieces: Difference[] }[] | null
  /** What its form would send to bring it back; null where it cannot be, or where it is what stands. */
  broughtBack: Record<string, string> | null
}

interface VersionsPage extends VersionedPlace {
  consultation: Consultation
  /** The revision that stands. */
  current: number
  versions: ShownVersion[]
  closed: string | null
  next: string | null
}

declare module '../../plugins/views.ts' {
  interface Views {
    'office/versions/versions': VersionsPage
  }
}

const pageSize = 20

interface OfVersions {
  Params: { kind: string; row: string }
  Querystring: { before?: unknown }
}

/**
 * GET /office/:slug/versions/:kind/:row?before=: what somebody of the office wrote, every time that it was saved, by whom,
 * and in what it differs from the time before. To bring one back is to save it again where the thing itself is saved.
 */
export function versions(app: FastifyInstance, deps: Dependencies): void {
  app.get<OfVersions>('/versions/:kind/:row', async (request, reply) => {
    const { consultation } = request
    const { kind, row } = request.params
    if (!isVersionKind(kind)) throw notFound()
    const before = revisionAsked(request.query.before)
    const of = { consultationId: consultation.id, kind, row }
    const [current, found, clauses] = await Promise.all([
      currentVersion(deps.db, of),
      versionsOf(deps.db, of, { before, limit: pageSize + 1 }),
      orderedClauses(deps.db, consultation.id),
    ])
    if (!current) throw notFound()
    const closed = await closedFor(deps, of, current.said === null, clauses)
    const mayBring = closed === null && mayWrite(request)
    const called = calledIn(await namedFor(deps, consultation.id, kind, clauses))
    const versions = found.slice(0, pageSize)
    const last = found.length > pageSize ? versions.at(-1) : null
    const named = [current, ...found].find(({ said }) => said)?.said ?? null
    return reply.page('office/versions/versions', {
      ...placeOf(consultation, of, named, clauses),
      consultation,
      current: current.revision,
      versions: versions.map((version, place) => ({
        ...shown(kind, version, found[place + 1] ?? null, called),
        broughtBack:
          mayBring && version.said && version.revision !== current.revision
            ? { ...asTyped(kind, version.said), revision: String(current.revision) }
            : null,
      })),
      closed,
      next: last ? `${versionsAddress(consultation, kind, row)}?before=${last.revision}` : null,
    })
  })
}

function revisionAsked(before: unknown): number | null {
  return typeof before === 'string' && /^\d{1,9}$/.test(before) ? Number(before) : null
}

function shown(
  kind: VersionKind,
  { revision, said, by, at }: OfficeVersion,
  before: OfficeVersion | null,
  called: ReadonlyMap<string, string>,
): Omit<ShownVersion, 'broughtBack'> {
  const earlier = before?.said ? saidInWords(kind, before.said, called) : null
  return {
    revision,
    by,
    at: at && shanghaiMinute(at),
    fields:
      said &&
      saidInWords(kind, said, called).map((field, place) => ({
        label: field.label,
        pieces: comparedWith(earlier?.[place]?.text ?? field.text, field),
      })),
  }
}
