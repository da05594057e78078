import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import {
  addOfficeHolders,
  officeHoldersOf,
  removeOfficeHolder,
} from '../../../db/queries/personal-data/office-holders.ts'
import { doneUnless } from '../../../db/refused.ts'
import type { Dependencies } from '../../dependencies.ts'
import { notFound } from '../../plugins/page-error.ts'
import { actOf } from '../../plugins/roles.ts'
import type { TypedIn } from '../../rules/form.ts'
import {
  type OfficeHolder,
  officeHolderForm,
  officeHolderRemoval,
  officeHoldersIn,
} from '../../rules/personal-data/office-holder-form.ts'
import type { FieldError } from '../../rules/typed.ts'
import { mayWrite } from '../consultation.ts'

interface OfficeHoldersPage {
  consultation: Consultation
  address: string
  holders: OfficeHolder[]
  mayWrite: boolean
  typed: TypedIn<typeof officeHolderForm>
  errors: FieldError[]
}

declare module '../../plugins/views.ts' {
  interface Views {
    'office/personal-data/office-holders': OfficeHoldersPage
  }
}

/** /office/:slug/office-holders: whose names are not proposed to be hidden, since they hold a public office. */
export function officeHolders(app: FastifyInstance, deps: Dependencies): void {
  app.get('/office-holders', (request, reply) => show(deps, request, reply, officeHolderForm.blank, []))

  app.post('/office-holders', async (request, reply) => {
    const { consultation } = request
    const { typed, values, errors } = officeHolderForm.sent(request.body)
    if (!values) return show(deps, request, reply, typed, errors)
    const holders = officeHoldersIn(values.holders)
    await addOfficeHolders(deps.db, consultation.id, holders, actOf(request, deps))
    return reply.redirect(addressOf(consultation), 303)
  })

  app.post('/office-holders/removal', async (request, reply) => {
    const { consultation } = request
    const { name } = officeHolderRemoval.typed(request.body)
    const removing = removeOfficeHolder(deps.db, consultation.id, name, actOf(request, deps))
    if (!(await doneUnless('gone', removing))) throw notFound()
    return reply.redirect(addressOf(consultation), 303)
  })
}

function addressOf({ slug }: Consultation): string {
  return `/office/${slug}/office-holders`
}

async function show(
  { db }: Dependencies,
  request: FastifyRequest,
  reply: FastifyReply,
  typed: OfficeHoldersPage['typed'],
  errors: FieldError[],
): Promise<FastifyReply> {
  const { consultation } = request
  return reply.code(errors.length > 0 ? 422 : 200).page('office/personal-data/office-holders', {
    consultation,
    address: addressOf(consultation),
    holders: await officeHoldersOf(db, consultation.id),
    mayWrite: mayWrite(request),
    typed,
    errors,
  })
}
