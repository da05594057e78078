import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import {
  namesContact,
  type ReceiptHeld,
  receiptNumbered,
  replaceCode,
} from '../../../db/queries/receipts/receipt-codes.ts'
import { ifRefused } from '../../../db/refused.ts'
import type { Dependencies } from '../../dependencies.ts'
import { actOf, memberOf } from '../../plugins/roles.ts'
import { shanghaiMinute } from '../../rules/days.ts'
import { replacementForm, type TypedReplacement } from '../../rules/receipts/receipt-forms.ts'
import { hasRole } from '../../rules/staff/roles.ts'
import type { FieldError } from '../../rules/typed.ts'

declare module '../../plugins/views.ts' {
  interface Views {
    'moderation/receipts/receipts': { typed: TypedReplacement; errors: FieldError[] }
    'moderation/receipts/receipt-replaced': { number: string; code: string; at: string }
  }
}

/**
 * /moderation/receipts: whoever has lost their code gets another, once they name the number of their receipt and the contact
 * that they left. Staff type what they are told; the portal compares it and shows neither.
 */
export function receipts(app: FastifyInstance, deps: Dependencies): void {
  app.get('/receipts', (_request, reply) =>
    reply.page('moderation/receipts/receipts', { typed: replacementForm.blank, errors: [] }),
  )

  app.post('/receipts', async (request, reply) => {
    const typed = replacementForm.typed(request.body)
    const held = await heldBy(deps, request, typed.number)
    if (!held) return refuse(reply, typed, 'number', '没有找到这个回执号，请对照回执核对')
    if (held.contact === null) {
      return refuse(reply, typed, 'contact', '这份意见没有留联系方式，无法核对本人，不能换发查询码')
    }
    const act = actOf(request, deps)
    if (!(await namesContact(deps, held, typed.contact, act))) {
      return refuse(reply, typed, 'contact', '联系方式与提交时留下的不一致，没有换发。这次核对已记入日志')
    }
    const code = await replaceCode(deps, held, act).catch(ifRefused('stale', () => null))
    if (code === null) return refuse(reply, typed, 'number', '这张回执的查询码刚刚换发过，请稍后再办')
    const at = shanghaiMinute(act.now)
    return reply.code(201).page('moderation/receipts/receipt-replaced', { number: typed.number, code, at })
  })
}

/** The submission of a receipt in a consultation in which the member of staff moderates. */
async function heldBy(
  { db }: Dependencies,
  request: FastifyRequest,
  number: string,
): Promise<ReceiptHeld | null> {
  const held = await receiptNumbered(db, number)
  const { grants } = memberOf(request)
  return held && hasRole(grants, ['moderator'], held.consultationId) ? held : null
}

function refuse(
  reply: FastifyReply,
  typed: TypedReplacement,
  field: keyof TypedReplacement,
  message: string,
) {
  return reply.code(422).page('moderation/receipts/receipts', { typed, errors: [{ field, message }] })
}
