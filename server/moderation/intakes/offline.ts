import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { enterOffline } from '../../../db/queries/intakes/intakes.ts'
import { pointsEntered } from '../../../db/queries/points/entered-points.ts'
import { KeyReused } from '../../../db/sealing/receipt-secrets.ts'
import type { Dependencies } from '../../dependencies.ts'
import { FileStore } from '../../documents/files/file-store.ts'
import { keepingFiles } from '../../documents/files/keeping-files.ts'
import { PageError } from '../../plugins/page-error.ts'
import { actOf, memberOf, memberWith } from '../../plugins/roles.ts'
import { placeNames } from '../../rules/consultations/regions.ts'
import { shanghaiDay } from '../../rules/days.ts'
import { intakeForm, isLate, offlineChannelNames, type TypedIntake } from '../../rules/intakes/intake-form.ts'
import { identityNames, proposalNames, stanceNames, wholeDraft, wholeDraftName } from '../../rules/names.ts'
import { emptyComment } from '../../rules/submissions/comment-form.ts'
import { submissionForm, type TypedSubmission } from '../../rules/submissions/submission-form.ts'
import { type FieldError, typedText } from '../../rules/typed.ts'
import { nameClauses } from '../../text/words/clause-names.ts'
import {
  type Asked,
  consultationAsked,
  consultationChoices,
  rulesOf,
  submissionOf,
} from './intake-consultation.ts'
import { type LatestIntake, shownLatest } from './latest-intakes.ts'
import { offlineReceipt } from './offline-receipt.ts'
import { chooseScanAgain, receiveScan } from './scans.ts'

interface OfflinePage {
  consultations: { slug: string; title: string; current: boolean }[]
  slug: string
  clauses: [key: string, name: string][]
  regions: string[]
  channels: [value: string, name: string][]
  stances: [value: string, name: string][]
  proposals: [value: string, name: string][]
  identities: [value: string, name: string][]
  typed: TypedSubmission
  intake: TypedIntake
  key: string
  errors: FieldError[]
  latest: LatestIntake[]
}

declare module '../../plugins/views.ts' {
  interface Views {
    'moderation/intakes/offline': OfflinePage
  }
}

/** As many empty parts as the form opens with, and as are added at once. */
const parts = 2

/** /moderation/offline: what came by letter, telephone, e-mail or in a meeting; one paper is one submission. */
export function offline(app: FastifyInstance, deps: Dependencies): void {
  const { db, seals, now, config } = deps
  const store = new FileStore(config.dataDir, 'attachments')

  app.get('/offline', async (request, reply) => {
    const asked = await consultationAsked(deps, request)
    const today = shanghaiDay(now())
    const given = intakeForm(today).typed(request.query)
    const intake = { ...given, received_on: given.received_on || today }
    const { blank } = submissionForm(rulesOf(asked.consultation, asked.round))
    const page = await offlinePage(deps, request, asked, blank, intake, [])
    return reply.page('moderation/intakes/offline', page)
  })

  app.post('/offline', { bodyLimit: 1024 * 1024 }, async (request, reply) => {
    const asked = await consultationAsked(deps, request)
    const { consultation, round } = asked
    const member = memberWith(request, consultation.id, 'moderator')
    const [letter, arrival] = [submissionForm(rulesOf(consultation, round)), intakeForm(shanghaiDay(now()))]
    const [typed, intake] = [letter.typed(request.body), arrival.typed(request.body)]
    if (typedText(request.body, 'more')) {
      const again = chooseScanAgain(request.body)
      const page = await offlinePage(deps, request, asked, typed, intake, again)
      return reply.page('moderation/intakes/offline', page)
    }
    const refuse = async (errors: FieldError[]) => {
      const page = await offlinePage(deps, request, asked, typed, intake, errors)
      return reply.code(422).page('moderation/intakes/offline', page)
    }
    const [came, sent] = [arrival.read(intake), letter.read(typed)]
    if (!came.values || !sent.values) {
      return refuse([...came.errors, ...sent.errors, ...chooseScanAgain(request.body)])
    }
    const { scans, errors } = await receiveScan(store, request.body)
    if (errors.length > 0) return refuse(errors)
    const { channel, parted, ...entered } = came.values
    const late = isLate(entered.receivedOn, shanghaiDay(consultation.closesAt))
    const submission = submissionOf(consultation, round, sent.values, channel)
    const key = `offline-${member.id}-${typedText(request.body, 'key')
      .replace(/[^\w-]/g, '')
      .slice(0, 60)}`
    try {
      const receipt = await keepingFiles(deps, store, scans, (attachments) =>
        enterOffline(
          db,
          seals,
          { ...submission, attachments },
          { ...entered, late },
          key,
          actOf(request, deps),
          (tx, id) => (parted ? pointsEntered(tx, id, submission.comments, actOf(request, deps)) : []),
        ),
      )
      const page = offlineReceipt(receipt, consultation, { ...came.values, late })
      return reply.code(201).page('moderation/intakes/offline-receipt', page)
    } catch (error) {
      if (error instanceof KeyReused) throw alreadyEntered()
      throw error
    }
  })
}

async function offlinePage(
  deps: Dependencies,
  request: FastifyRequest,
  asked: Asked,
  typed: TypedSubmission,
  intake: TypedIntake,
  errors: FieldError[],
): Promise<OfflinePage> {
  const { db } = deps
  const member = memberOf(request)
  const { consultation, round } = asked
  const names = [...nameClauses(round.units)].map(([key, { name }]): [string, string] => [key, name])
  const more = typedText(request.body, 'more') ? parts : 1
  const empty = Array.from({ length: typed.comments.length === 0 ? parts : more }, () => emptyComment(''))
  return {
    consultations: consultationChoices(asked),
    slug: consultation.slug,
    clauses: [...names, [wholeDraft, wholeDraftName]],
    regions: placeNames(consultation.regions),
    channels: Object.entries(offlineChannelNames),
    stances: Object.entries(stanceNames),
    proposals: Object.entries(proposalNames),
    identities: Object.entries(identityNames),
    typed: { ...typed, comments: [...typed.comments, ...empty] },
    intake,
    key: typedText(request.body, 'key') || randomUUID(),
    errors,
    latest: await shownLatest(db, member.id),
  }
}

const alreadyEntered = () =>
  new PageError(409, 'entered', '这份表单已经录入过', '要录入下一份，请重新打开录入页面。')
