import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { orderedClauses } from '../../../db/queries/drafts/ordered-clauses.ts'
import { type Learning, learningOf } from '../../../db/queries/themes/theme-learning.ts'
import {
  type CommentToSort,
  leastCertain,
  readByAnother,
  sayTheme,
} from '../../../db/queries/themes/theme-proposals.ts'
import { type CountedTheme, themesOf } from '../../../db/queries/themes/themes.ts'
import type { Dependencies } from '../../dependencies.ts'
import { notFound } from '../../plugins/page-error.ts'
import { actOf } from '../../plugins/roles.ts'
import { stanceNames, wholeDraftName } from '../../rules/names.ts'
import { leastToLearn } from '../../rules/themes/learning.ts'
import { typedText } from '../../rules/typed.ts'
import { lit, type Piece } from '../../text/words/lit.ts'
import { field } from '../comments/reading-address.ts'
import { mayWrite } from '../consultation.ts'

interface ShownComment {
  address: string
  publicId: string
  clauseName: string
  stanceName: string
  pieces: Piece[]
  /** Null where what is proposed is not to be told. */
  proposal: { themeId: string; name: string; percent: number; words: string[] } | null
  /** Passes it over. */
  next: string | null
}

interface ProposalsPage {
  consultation: Consultation
  address: string
  isAgain: boolean
  comment: ShownComment | null
  /** With the key that puts the comment under each; null where there are more than keys. */
  themes: (CountedTheme & { key: string | null })[]
  counts: {
    assigned: number
    proposed: number
    least: number
    twice: number
    agreed: number
    checked: number
    confirmed: number
  }
  mayWrite: boolean
}

declare module '../../plugins/views.ts' {
  interface Views {
    'office/themes/proposals': ProposalsPage
  }
}

const keys = '1234567890'

/**
 * /office/:slug/themes/proposals: comments under no theme, with the one that the portal proposes, the least certain first;
 * one key confirms or corrects. ?again=1 shows what another person has read, without what was said, so that it is known how
 * far persons agree. POST …/:comment keeps what is said.
 */
export function proposals(app: FastifyInstance, deps: Dependencies): void {
  const { db } = deps

  app.get('/themes/proposals', async (request, reply) =>
    reply.page('office/themes/proposals', await proposalsPage(deps, request)),
  )

  app.post<{ Params: { comment: string } }>('/themes/proposals/:comment', async (request, reply) => {
    const { consultation, body, params } = request
    const themes = await themesOf(db, consultation.id)
    const known = (id: string) => themes.find((theme) => theme.id === id)?.id ?? null
    const said = typedText(body, 'theme')
    const themeId = known(said)
    if (themeId === null && said !== 'none') throw notFound()
    const isAgain = typedText(body, 'again') === '1'
    const proposedId = isAgain ? null : known(typedText(body, 'proposed'))
    await sayTheme(
      db,
      consultation.id,
      { publicId: params.comment, themeId, proposedId, isAgain },
      actOf(request, deps),
    )
    return reply.redirect(addressOf(consultation) + (isAgain ? '?again=1' : ''), 303)
  })
}

function addressOf({ slug }: Consultation): string {
  return `/office/${slug}/themes/proposals`
}

async function proposalsPage(deps: Dependencies, request: FastifyRequest): Promise<ProposalsPage> {
  const { db } = deps
  const { consultation, query } = request
  const { id } = consultation
  const isAgain = field(query, 'again') === '1'
  const [themes, clauses, learning, comment] = await Promise.all([
    themesOf(db, id),
    orderedClauses(db, id),
    learningOf(db, id),
    isAgain
      ? readByAnother(db, id, actOf(request, deps).staffId)
      : leastCertain(db, id, field(query, 'after')),
  ])
  const clauseName = clauses.find(({ key }) => key === comment?.clause)?.name ?? wholeDraftName
  return {
    consultation,
    address: addressOf(consultation),
    isAgain,
    comment: comment && shown(consultation, comment, { themes, clauseName, isAgain }),
    themes: themes.map((theme, place) => ({ ...theme, key: keys[place] ?? null })),
    counts: countsOf(learning, themes),
    mayWrite: mayWrite(request),
  }
}

function countsOf(learning: Learning | null, themes: readonly CountedTheme[]): ProposalsPage['counts'] {
  const standing = learning?.standing ?? null
  const proposed = themes.reduce((sum, { id }) => sum + (standing?.proposed[id] ?? 0), 0)
  return {
    assigned: themes.reduce((sum, { comments }) => sum + comments, 0),
    proposed,
    least: leastToLearn,
    twice: standing?.twice ?? 0,
    agreed: standing?.agreed ?? 0,
    checked: standing?.checked ?? 0,
    confirmed: standing?.confirmed ?? 0,
  }
}

function shown(
  consultation: Consultation,
  { publicId, stance, body, proposal }: CommentToSort,
  { themes, clauseName, isAgain }: { themes: readonly CountedTheme[]; clauseName: string; isAgain: boolean },
): ShownComment {
  const theme = themes.find(({ id }) => id === proposal?.themeId)
  const words = (proposal?.words ?? []).map((word) => word.split('·').at(-1) ?? word)
  return {
    ...{ publicId, clauseName },
    address: `${addressOf(consultation)}/${publicId}`,
    stanceName: Reflect.get(stanceNames, stance) ?? '',
    pieces: lit(body, words.filter((word) => body.includes(word)).join(' ')),
    proposal:
      proposal && theme
        ? {
            themeId: theme.id,
            name: theme.name,
            percent: Math.round(proposal.confidence / 10),
            words: [...new Set(words)],
          }
        : null,
    next: isAgain ? null : `${addressOf(consultation)}?after=${publicId}`,
  }
}
