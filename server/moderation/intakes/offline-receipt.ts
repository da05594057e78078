import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import type { Receipt } from '../../../db/sealing/receipt-secrets.ts'
import type { Views } from '../../plugins/views.ts'
import { shanghaiMinute } from '../../rules/days.ts'
import type { ReadIntake } from '../../rules/intakes/intake-form.ts'
import { queryOf } from '../queue-address.ts'

declare module '../../plugins/views.ts' {
  interface Views {
    'moderation/intakes/offline-receipt': {
      number: string
      code: string
      at: string
      late: boolean
      again: string
      title: string
    }
  }
}

/** The receipt of a letter that was entered just now, to be printed for its author. */
export function offlineReceipt(
  { number, code, createdAt }: Receipt,
  { slug, title }: Consultation,
  { late, ...intake }: ReadIntake & { late: boolean },
): Views['moderation/intakes/offline-receipt'] {
  return { number, code, at: shanghaiMinute(createdAt), late, again: nextForm(slug, intake), title }
}

/** Somebody who fills in for one neighbour after another need not say again how and when. */
function nextForm(slug: string, { channel, receivedOn, onBehalf }: ReadIntake): string {
  const same: Record<string, string> = onBehalf ? { channel, received_on: receivedOn, on_behalf: 'yes' } : {}
  return `/moderation/offline${queryOf({ consultation: slug, ...same })}`
}
