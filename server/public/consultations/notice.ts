import type { FastifyInstance } from 'fastify'
import { type Extension, extensionsOf } from '../../../db/queries/consultations/extensions.ts'
import type { Dependencies } from '../../dependencies.ts'
import { noticeTitle, writeNotice } from '../../rules/consultations/notice.ts'
import { shanghaiDay, writtenDay } from '../../rules/days.ts'
import { type Frame, frameKey, frameOf } from '../frame.ts'
import { type Scope, seenConsultation, seenKey, withRound } from '../scope.ts'
import { type Announcements, announcementsOf } from './announcements.ts'

declare module '../../plugins/views.ts' {
  interface Views {
    'public/consultations/notice': {
      frame: Frame
      title: string
      slug: string
      draftTitle: string
      paragraphs: string[]
      signer: string
      day: string
      hasExplanation: boolean
      /** What the explanation can be taken away as; null where it is only read. */
      explanationFile: string | null
      announcements: Announcements
    }
  }
}

/** GET /consultations/:slug/notice: the 征求意见公告 as it was published, and what has been announced since. */
export function notice(app: FastifyInstance, deps: Dependencies): void {
  app.get<{ Params: { slug: string } }>('/consultations/:slug/notice', async (request, reply) => {
    const seen = await seenConsultation(deps, request.params.slug)
    const frame = await frameOf(request, deps)
    return reply.keptPage([seenKey(seen, deps.now()), frameKey(frame)], async () => {
      const scope = await withRound(deps, seen)
      const { consultation, round } = scope
      const extensions = await extensionsOf(deps.db, consultation.id)
      return app.page('public/consultations/notice', {
        frame,
        title: noticeTitle(consultation.title),
        slug: consultation.slug,
        draftTitle: round.title,
        paragraphs: wordsOf(consultation, extensions).split('\n').filter(Boolean),
        signer: consultation.noticeSigner ?? consultation.organ,
        day: writtenDay(consultation.noticeDay ?? shanghaiDay(consultation.publishedAt ?? deps.now())),
        hasExplanation: consultation.explanation !== '' || consultation.explanationFile !== null,
        explanationFile: nameOfFile(consultation.explanationFile),
        announcements: await announcementsOf(deps, scope, extensions),
      })
    })
  })
}

function nameOfFile(file: Scope['consultation']['explanationFile']): string | null {
  return file && (file.type === 'pdf' ? 'PDF' : 'Word')
}

/** A notice that was made from the facts goes on telling the day on which it first closed; extensions stand below it. */
function wordsOf(consultation: Scope['consultation'], [first]: readonly Extension[]): string {
  if (consultation.notice !== null) return consultation.notice
  return writeNotice({ ...consultation, closesAt: first?.closedAt ?? consultation.closesAt })
}
