import type { FastifyInstance, FastifyRequest } from 'fastify'
import { saveLetters } from '../../../db/queries/consultations/consultation-settings.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { countOpenLetters, type LetterPlace, openLetters } from '../../../db/queries/points/splits.ts'
import type { Dependencies } from '../../dependencies.ts'
import { clausePlaces } from '../../documents/papers/clause-places.ts'
import type { Views } from '../../plugins/views.ts'
import { nameOf } from '../../rules/names.ts'
import { usualLetters } from '../../rules/points/letters.ts'
import { barNames, givenLetters, lettersForm, type TypedLetters } from '../../rules/points/letters-form.ts'
import { splitStateNames } from '../../rules/points/points.ts'
import type { FieldError } from '../../rules/typed.ts'
import { excerpt } from '../../text/words/sentences.ts'
import { field } from '../comments/reading-address.ts'
import { actBy, mayDraft } from '../consultation.ts'
import { splitAddress } from './asked-split.ts'

declare module '../../plugins/views.ts' {
  interface Views {
    'office/points/splits': {
      consultation: Consultation
      count: number
      letters: {
        href: string
        clauseName: string
        stateName: string
        length: number
        uncovered: number
        excerpt: string
        receiptNumber: string
      }[]
      next: string | null
      mayDraft: boolean
      bars: [key: string, name: string][]
      typed: TypedLetters
      errors: FieldError[]
    }
  }
}

const pageSize = 50

/**
 * GET /office/:slug/splits?after=: the letters that are still to be parted into their points, the longest first. POST says
 * which comments are letters.
 */
export function splits(app: FastifyInstance, deps: Dependencies): void {
  app.get('/splits', async (request, reply) =>
    reply.page('office/points/splits', await splitsPage(deps, request)),
  )

  app.post('/splits', async (request, reply) => {
    const { consultation } = request
    const act = actBy(request, deps, 'drafter')
    const { typed, values, errors } = lettersForm.sent(request.body)
    if (!values) {
      const page = await splitsPage(deps, request)
      return reply.code(422).page('office/points/splits', { ...page, typed, errors })
    }
    const letters = { longerThan: Number(values.longerThan), bars: values.bars === 'bars' }
    await saveLetters(deps.db, consultation, letters, act)
    return reply.redirect(`/office/${consultation.slug}/splits`, 303)
  })
}

async function splitsPage(
  { db }: Dependencies,
  request: FastifyRequest,
): Promise<Views['office/points/splits']> {
  const { consultation } = request
  const after = placeOf(field(request.query, 'after'))
  const [count, found, places] = await Promise.all([
    countOpenLetters(db, consultation.id),
    openLetters(db, consultation.id, { after, limit: pageSize + 1 }),
    clausePlaces(db, consultation.id),
  ])
  const letters = found.slice(0, pageSize)
  const last = found.length > pageSize ? letters.at(-1) : null
  return {
    consultation,
    count,
    letters: letters.map((letter) => ({
      href: splitAddress(consultation, letter),
      clauseName: places.get(letter.clause)?.name ?? letter.clause,
      stateName: nameOf(splitStateNames, letter.state),
      length: letter.length,
      uncovered: letter.uncovered,
      excerpt: excerpt(letter.body, 80),
      receiptNumber: letter.receiptNumber,
    })),
    next: last ? `/office/${consultation.slug}/splits?after=${last.length}.${last.publicId}` : null,
    mayDraft: mayDraft(request),
    bars: Object.entries(barNames),
    typed: givenLetters(consultation.letters ?? usualLetters),
    errors: [],
  }
}

function placeOf(after: string | null): LetterPlace | null {
  const [length, publicId] = after?.split('.') ?? []
  return length && publicId && /^\d{1,7}$/.test(length) ? { length: Number(length), publicId } : null
}
