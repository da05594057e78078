import type { FastifyInstance, FastifyRequest } from 'fastify'
import {
  campaignCopies,
  campaignFigures,
  findCampaign,
  takeOut,
} from '../../../db/queries/campaigns/campaigns.ts'
import { listedCampaigns } from '../../../db/queries/campaigns/listed-campaigns.ts'
import { innerId } from '../../../db/queries/comments/public-ids.ts'
import { consultationsOfStaff } from '../../../db/queries/consultations/consultations-of-staff.ts'
import { repeatable } from '../../../db/refused.ts'
import type { Dependencies } from '../../dependencies.ts'
import { notFound } from '../../plugins/page-error.ts'
import { actOf, memberOf, memberWith } from '../../plugins/roles.ts'
import { shanghaiMinute } from '../../rules/days.ts'
import { nameOf, stateNames, wholeDraft, wholeDraftName } from '../../rules/names.ts'
import { hasRole } from '../../rules/staff/roles.ts'
import { typedText } from '../../rules/typed.ts'
import { ownSentences } from '../../text/comparing/fingerprints.ts'
import { excerpt } from '../../text/words/sentences.ts'
import { idOf } from '../queue-address.ts'

interface CampaignPage {
  id: string
  count: number
  body: string
  first: string
  last: string
  identical: number
  pending: number
  /** How many of these are for the most part their senders' own words: they are not decided with the others. */
  ownPending: number
  flags: string[]
  copies: {
    publicId: string
    state: string
    receivedAt: string
    similarity: string
    sentences: { text: string; own: boolean }[]
  }[]
  nextPage: string | null
  mayChange: boolean
}

declare module '../../plugins/views.ts' {
  interface Views {
    'moderation/campaigns/campaigns': {
      campaigns: {
        id: string
        count: number
        pending: number
        excerpt: string
        clause: string
        title: string
      }[]
      /** The address of the next page; null on the last. */
      nextPage: string | null
    }
    'moderation/campaigns/campaign': CampaignPage
  }
}

interface Route {
  Params: { id: string }
}

const listSize = 100
const pageSize = 25
const oneSecond = 1000

/** /moderation/campaigns: comments that are the same or nearly so, each group counted in full. */
export function campaigns(app: FastifyInstance, deps: Dependencies): void {
  const { db } = deps

  app.get('/campaigns', async (request, reply) => {
    const mine = await consultationsOfStaff(db, memberOf(request).id, ['moderator', 'approver', 'auditor'])
    const page = Number(/^\d{1,4}$/.exec(typedText(request.query, 'page'))?.[0] ?? 1) || 1
    const ids = mine.map(({ id }) => id)
    const listed = await listedCampaigns(db, ids, { skip: (page - 1) * listSize, most: listSize + 1 })
    return reply.page('moderation/campaigns/campaigns', {
      campaigns: listed.slice(0, listSize).map(({ body, clause, clauseName, ...campaign }) => ({
        ...campaign,
        clause: clause === wholeDraft ? wholeDraftName : (clauseName ?? clause),
        excerpt: excerpt(body, 100),
      })),
      nextPage: listed.length > listSize ? `/moderation/campaigns?page=${page + 1}` : null,
    })
  })

  app.get<Route>('/campaigns/:id', async (request, reply) =>
    reply.page('moderation/campaigns/campaign', await campaignPage(deps, request)),
  )

  app.post<Route>('/campaigns/:id/removals', async (request, reply) => {
    const campaign = await campaignInHand(deps, request)
    memberWith(request, campaign.consultationId, 'moderator')
    const publicId = idOf(typedText(request.body, 'comment'))
    const comment = publicId && (await innerId(db, publicId))
    if (!comment) throw notFound()
    await repeatable(takeOut(db, campaign.campaignId, comment, actOf(request, deps)))
    return reply.redirect(`/moderation/campaigns/${campaign.campaignId}`, 303)
  })
}

async function campaignInHand({ db }: Dependencies, request: FastifyRequest<Route>) {
  const id = idOf(request.params.id)
  const campaign = id && (await findCampaign(db, id))
  if (!campaign) throw notFound()
  return campaign
}

async function campaignPage(deps: Dependencies, request: FastifyRequest<Route>): Promise<CampaignPage> {
  const campaign = await campaignInHand(deps, request)
  const member = memberWith(request, campaign.consultationId, 'moderator', 'approver', 'auditor')
  const figures = await campaignFigures(deps.db, campaign.campaignId)
  if (!figures?.first || !figures.last) throw notFound()
  const after = idOf(typedText(request.query, 'after'))
  const rows = await campaignCopies(deps.db, campaign, after, pageSize + 1)
  const copies = rows.slice(0, pageSize)
  return {
    id: campaign.campaignId,
    count: campaign.count,
    body: campaign.body,
    first: shanghaiMinute(figures.first),
    last: shanghaiMinute(figures.last),
    identical: figures.identical,
    pending: figures.pending,
    ownPending: figures.ownPending,
    flags: flagsOf({ ...figures, first: figures.first, last: figures.last }),
    copies: copies.map(({ publicId, body, state, createdAt, similarity }) => ({
      publicId,
      state: nameOf(stateNames, state),
      receivedAt: shanghaiMinute(createdAt),
      similarity: (similarity / 1000).toFixed(2),
      sentences: ownSentences(campaign.body, body),
    })),
    nextPage:
      rows.length > pageSize
        ? `/moderation/campaigns/${campaign.campaignId}?after=${copies.at(-1)?.publicId}`
        : null,
    mayChange: hasRole(member.grants, ['moderator'], campaign.consultationId),
  }
}

/** What a moderator should know of how a group came; it is never dropped for it. */
function flagsOf({ first, last, submissions }: { first: Date; last: Date; submissions: number }): string[] {
  return [
    ...(submissions === 1 ? ['全部来自同一次提交'] : []),
    ...(last.getTime() - first.getTime() <= oneSecond ? ['全部在一秒内提交'] : []),
  ]
}
