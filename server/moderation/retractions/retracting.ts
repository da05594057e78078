import type { FastifyInstance, FastifyRequest } from 'fastify'
import { consultationById } from '../../../db/queries/consultations/consultations.ts'
import { type Retracting, type ToRetract, whatHolds } from '../../../db/queries/retractions/held-words.ts'
import { publicComment } from '../../../db/queries/retractions/public-comments.ts'
import { retract } from '../../../db/queries/retractions/retractions.ts'
import { Refused } from '../../../db/refused.ts'
import type { Dependencies } from '../../dependencies.ts'
import { FileStore } from '../../documents/files/file-store.ts'
import { notFound } from '../../plugins/page-error.ts'
import { actOf, memberWith } from '../../plugins/roles.ts'
import type { ValuesIn } from '../../rules/form.ts'
import { manyPlaces, type retractionForm } from '../../rules/retractions/retraction-form.ts'
import type { FieldError } from '../../rules/typed.ts'
import { idOf } from '../queue-address.ts'

type Asked = ValuesIn<typeof retractionForm>
/** The comment that was asked for, as it was read. */
type Comment = Awaited<ReturnType<typeof publicComment>>
interface NotRetracted {
  errors: FieldError[]
  comment: Comment
  places?: number
}

/** What is read may have changed before it is hidden: then it is read again, so often. */
const mostTries = 5

/** Takes out of the public what a moderator names. @throws PageError 404, 403 */
export async function retractAsked(
  app: FastifyInstance,
  deps: Dependencies,
  request: FastifyRequest,
  asked: Asked,
): Promise<{ id: string } | NotRetracted> {
  for (let tries = 1; ; tries++) {
    const found = await toRetract(deps, request, asked)
    if ('errors' in found) return found
    const { consultation, what } = found
    try {
      await app.keepFetches()
      const id = await retract(deps.db, deps.seals, consultation, what, actOf(request, deps))
      if (what.file && consultation.explanationFile) {
        await new FileStore(deps.config.dataDir, 'explanations').remove(consultation.explanationFile.id)
      }
      return { id }
    } catch (error) {
      if (!(error instanceof Refused) || tries === mostTries) throw error
    }
  }
}

type Found = { consultation: Retracting; what: ToRetract } | NotRetracted

async function toRetract(deps: Dependencies, request: FastifyRequest, asked: Asked): Promise<Found> {
  const { db, seals } = deps
  const { words, cause } = asked
  const comment = asked.comment ? await publicComment(db, idOf(asked.comment) ?? '') : null
  if (asked.comment && !comment) return { errors: nothingThere, comment }
  const consultation = await consultationById(db, comment?.consultationId ?? asked.consultation)
  if (!consultation) throw notFound()
  memberWith(request, consultation.id, 'moderator')
  const file = asked.file && consultation.explanationFile !== null
  if (words === '') {
    if (!comment && !file) return { errors: nothingThere, comment }
    const comments = comment ? [{ ...comment, marks: null, isSigned: false }] : []
    return { consultation, what: { words: null, cause, comments, texts: [], file } }
  }
  const found = await whatHolds(db, seals, consultation, words)
  const places = found.comments.length + found.texts.length
  if (places === 0) return { errors: notStanding, comment }
  if (places > manyPlaces && asked.places !== String(places)) {
    return { errors: [areMany(places)], comment, places }
  }
  return { consultation, what: { words, cause, ...found, file: found.file || file } }
}

const nothingThere = [{ field: 'words', message: '这里没有公开的内容可以隐去，可能刚刚已经隐去' }]
const notStanding = [
  {
    field: 'words',
    message: '这次征求意见的公开内容里没有这段文字。请从公开的页面上原样复制，换行的地方分成几次',
  },
]
const areMany = (places: number) => ({
  field: 'words',
  message: `这段文字在 ${places} 处出现。如果都要隐去，请再按一次“立即隐去”；否则请写得更具体`,
})
