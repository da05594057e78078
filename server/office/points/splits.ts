import type { FastifyInstance } from 'fastify'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { countOpenLetters, type LetterPlace, openLetters } from '../../../db/queries/points/splits.ts'
import type { Dependencies } from '../../dependencies.ts'
import { clausePlaces } from '../../documents/papers/clause-places.ts'
import { nameOf } from '../../rules/names.ts'
import { splitStateNames } from '../../rules/points/points.ts'
import { excerpt } from '../../text/words/sentences.ts'
import { field } from '../comments/reading-address.ts'
import { splitAddress } from './split-page.ts'

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
    }
  }
}

const pageSize = 50

/** GET /office/:slug/splits?after=: the letters that are still to be parted into their points, the longest first. */
export function splits(app: FastifyInstance, { db }: Dependencies): void {
  app.get('/splits', async (request, reply) => {
    const { consultation } = request
    const after = placeOf(field(request.query, 'after'))
    const [count, found, places] = await Promise.all([
      countOpenLetters(db, consultation.id),
      openLetters(db, consultation.id, { after, limit: pageSize + 1 }),
      clausePlaces(db, consultation.id),
    ])
    const letters = found.slice(0, pageSize)
    const last = found.length > pageSize ? letters.at(-1) : null
    return reply.page('office/points/splits', {
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
    })
  })
}

function placeOf(after: string | null): LetterPlace | null {
  const [length, publicId] = after?.split('.') ?? []
  return length && publicId && /^\d{1,7}$/.test(length) ? { length: Number(length), publicId } : null
}
