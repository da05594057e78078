import type { FastifyInstance, FastifyReply } from 'fastify'
import { type Consultation, publicConsultations } from '../../db/queries/consultations/consultations.ts'
import { agreementOf, setAgreement } from '../../db/queries/moderation/votes.ts'
import {
  currentReasons,
  flaggedWords,
  gracePeriod,
  saveGrace,
  saveReasons,
  saveWords,
} from '../../db/queries/settings.ts'
import type { Dependencies } from '../dependencies.ts'
import { actOf } from '../plugins/roles.ts'
import { type Agreement, agreementForm, agreementNames } from '../rules/moderation/agreement.ts'
import { graceForm } from '../rules/moderation/grace.ts'
import { readReasons, type TypedReason, wordsForm } from '../rules/moderation/settings-form.ts'
import { type FieldError, typedText } from '../rules/typed.ts'

interface SettingsPage {
  reasons: TypedReason[]
  words: string
  consultations: { id: string; title: string; agreement: Agreement }[]
  agreements: [value: string, name: string][]
  /** 撤销期, in seconds, as it was typed. */
  seconds: string
  errors: FieldError[]
  saved: boolean
}

declare module '../plugins/views.ts' {
  interface Views {
    'admin/moderation': SettingsPage
  }
}

const there = '/admin/moderation?saved=yes'

/**
 * /admin/moderation: the reasons and their sentences, the words that flag, where two have to
 * agree, and for how long a decision can be taken back.
 */
export function moderation(app: FastifyInstance, deps: Dependencies): void {
  const { db } = deps
  const show = async (reply: FastifyReply, said: Partial<SettingsPage>, known?: Consultation[]) => {
    const consultations = known ?? (await publicConsultations(db))
    return reply.page('admin/moderation', { ...(await settingsPage(deps, consultations)), ...said })
  }

  app.get('/moderation', async (request, reply) =>
    show(reply, { saved: typedText(request.query, 'saved') === 'yes' }),
  )

  app.post('/moderation/grace', async (request, reply) => {
    const { typed, values, errors } = graceForm.sent(request.body)
    if (!values) return show(reply.code(422), { ...typed, errors })
    await saveGrace(db, values.seconds, actOf(request, deps))
    return reply.redirect(there, 303)
  })

  app.post('/moderation/reasons', async (request, reply) => {
    const { typed, reasons, errors } = readReasons(request.body)
    if (errors.length > 0) return show(reply.code(422), { errors, reasons: typed })
    await saveReasons(db, reasons, actOf(request, deps))
    return reply.redirect(there, 303)
  })

  app.post('/moderation/words', async (request, reply) => {
    const { typed, values, errors } = wordsForm.sent(request.body)
    if (!values) return show(reply.code(422), { ...typed, errors })
    await saveWords(db, values.words, actOf(request, deps))
    return reply.redirect(there, 303)
  })

  app.post('/moderation/agreement', async (request, reply) => {
    const consultations = await publicConsultations(db)
    const ids = new Set(consultations.map(({ id }) => id))
    const { values, errors } = agreementForm(ids).sent(request.body)
    if (!values) return show(reply.code(422), { errors }, consultations)
    await setAgreement(db, values.consultation, values.agreement, actOf(request, deps))
    return reply.redirect(there, 303)
  })
}

async function settingsPage(
  { db }: Dependencies,
  consultations: readonly Consultation[],
): Promise<SettingsPage> {
  return {
    reasons: await currentReasons(db),
    ...graceForm.given({ seconds: await gracePeriod(db) }),
    ...wordsForm.given({ words: await flaggedWords(db) }),
    consultations: await Promise.all(
      consultations.map(async ({ id, title }) => ({ id, title, agreement: await agreementOf(db, id) })),
    ),
    agreements: Object.entries(agreementNames),
    errors: [],
    saved: false,
  }
}
