import type { FastifyInstance, FastifyRequest } from 'fastify'
import { currentRound, findRound } from '../../../db/queries/drafts/rounds.ts'
import { type IntakeList, listReceipts, waitingLetters } from '../../../db/queries/intakes/intake-letters.ts'
import { dropList, findList, sameListBefore, startList } from '../../../db/queries/intakes/intake-lists.ts'
import { repeatable } from '../../../db/refused.ts'
import type { Dependencies } from '../../dependencies.ts'
import { notFound, PageError } from '../../plugins/page-error.ts'
import { memberOf, memberWith } from '../../plugins/roles.ts'
import { shanghaiDay, shanghaiMinute } from '../../rules/days.ts'
import { typedText } from '../../rules/typed.ts'
import { nameClauses } from '../../text/words/clause-names.ts'
import { pollingCode } from '../polling.ts'
import { idOf } from '../queue-address.ts'
import { type ShownLetter, shownLetter } from './intake-letters.ts'
import { type ShownList, shownList } from './shown-list.ts'

declare module '../../plugins/views.ts' {
  interface Views {
    'moderation/intakes/offline-list': {
      list: ShownList
      /** When the same letters were confirmed before. */
      before: string | null
      letters: ShownLetter[]
      nextPage: string | null
    }
    'moderation/intakes/_list-progress': { list: ShownList }
    'moderation/intakes/offline-list-receipts': {
      list: ShownList
      receipts: { number: string; code: string; name: string; reference: string; late: boolean; at: string }[]
      nextPage: string | null
    }
  }
}

interface Route {
  Params: { id: string }
}

const pageSize = 50

/** /moderation/offline/lists/:id: what was read of one table; it is looked through, and entered once confirmed. */
export function offlineList(app: FastifyInstance, deps: Dependencies): void {
  const { db, seals, now } = deps

  app.get<Route>('/offline/lists/:id', async (request, reply) => {
    const list = await listInHand(deps, request)
    if (request.headers['hx-request']) {
      return reply
        .code(pollingCode(list.state))
        .page('moderation/intakes/_list-progress', { list: await shownList(deps, list) })
    }
    const letters =
      list.state === 'prepared' ? await waitingLetters(db, seals, list, afterOf(request), pageSize + 1) : []
    const round = await findRound(db, list.consultationId, list.round)
    const names = nameClauses(round?.units ?? [])
    const closingDay = round?.closesAt ? shanghaiDay(round.closesAt) : null
    const before = list.state === 'prepared' ? await sameListBefore(db, list) : null
    return reply.page('moderation/intakes/offline-list', {
      list: await shownList(deps, list),
      before: before && shanghaiMinute(before),
      letters: letters.slice(0, pageSize).map((letter) => shownLetter(letter, names, closingDay)),
      nextPage: nextPage(`/moderation/offline/lists/${list.id}`, letters),
    })
  })

  app.post<Route>('/offline/lists/:id/start', async (request, reply) => {
    const list = await listInHand(deps, request)
    memberWith(request, list.consultationId, 'moderator')
    const round = await currentRound(db, list.consultationId)
    if (round?.number !== list.round) throw anotherRound()
    await repeatable(startList(db, list, now()))
    return reply.redirect(`/moderation/offline/lists/${list.id}`, 303)
  })

  app.post<Route>('/offline/lists/:id/removal', async (request, reply) => {
    await repeatable(dropList(db, await listInHand(deps, request)))
    return reply.redirect('/moderation/offline/lists', 303)
  })

  app.get<Route>('/offline/lists/:id/receipts', async (request, reply) => {
    const list = await listInHand(deps, request)
    memberWith(request, list.consultationId, 'moderator')
    const rows = await listReceipts(db, seals, list, afterOf(request), pageSize + 1)
    return reply.page('moderation/intakes/offline-list-receipts', {
      list: await shownList(deps, list),
      receipts: rows.slice(0, pageSize).map(({ number, code, maskedName, reference, late, createdAt }) => ({
        number,
        code,
        name: maskedName ?? '未署名',
        reference: reference ?? '',
        late,
        at: shanghaiMinute(createdAt),
      })),
      nextPage: nextPage(`/moderation/offline/lists/${list.id}/receipts`, rows),
    })
  })
}

async function listInHand({ db }: Dependencies, request: FastifyRequest<Route>): Promise<IntakeList> {
  const id = idOf(request.params.id)
  const list = id && (await findList(db, id, memberOf(request).id))
  if (!list) throw notFound()
  return list
}

/** The position after which a page begins. */
function afterOf(request: FastifyRequest): number {
  const after = typedText(request.query, 'after')
  return /^\d{1,6}$/.test(after) ? Number(after) : -1
}

function nextPage(path: string, rows: { position: number }[]): string | null {
  return rows.length > pageSize ? `${path}?after=${rows[pageSize - 1]?.position}` : null
}

const anotherRound = () =>
  new PageError(
    409,
    'another_round',
    '征求意见稿已经换了一稿，这份表格没有录入',
    '请核对条款后重新上传表格。',
  )
