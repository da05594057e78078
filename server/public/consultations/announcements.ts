import { correctionsOf } from '../../../db/queries/consultations/corrections.ts'
import type { Extension } from '../../../db/queries/consultations/extensions.ts'
import { roundsOf } from '../../../db/queries/drafts/rounds.ts'
import type { Dependencies } from '../../dependencies.ts'
import { shanghaiDay } from '../../rules/days.ts'
import type { Scope } from '../scope.ts'

/** What has to be said of a consultation besides its text: each stays visible for as long as the page does. */
export interface Announcements {
  /** Why the period is shorter than is usual (国务院令第713号 art. 15). */
  shortPeriodReason: string | null
  suspensionReason: string | null
  extensions: { day: string; from: string; to: string; reason: string }[]
  corrections: {
    day: string
    round: number
    /** The key of the clause; null for a heading or the title. */
    clause: string | null
    name: string
    before: string
    after: string
    reason: string
  }[]
  /** The day by which the outcome is promised. */
  promisedOn: string | null
  channels: { kind: 'letter' | 'phone' | 'email'; value: string }[]
  /** The published rounds, with the comparison of each with the one before. */
  rounds: { number: number; day: string; compare: string | null }[]
}

/** Everything that is announced of a consultation, in the order in which it came about. */
export async function announcementsOf(
  { db }: Pick<Dependencies, 'db'>,
  { consultation, names }: Pick<Scope, 'consultation' | 'names'>,
  extensions: readonly Extension[],
): Promise<Announcements> {
  const { id, slug, offlineChannels } = consultation
  const [corrections, rounds] = await Promise.all([correctionsOf(db, id), roundsOf(db, id)])
  return {
    shortPeriodReason: consultation.shortPeriodReason,
    suspensionReason: consultation.suspendedAt && consultation.suspensionReason,
    extensions: extensions.map(({ createdAt, closedAt, closesAt, reason }) => ({
      day: shanghaiDay(createdAt),
      from: shanghaiDay(closedAt),
      to: shanghaiDay(closesAt),
      reason,
    })),
    corrections: corrections.map(({ createdAt, round, place, ...correction }) => ({
      ...correction,
      day: shanghaiDay(createdAt),
      round,
      clause: names.has(place) ? place : null,
    })),
    promisedOn: consultation.outcomePromisedOn,
    channels: channelsOf(offlineChannels),
    rounds: rounds.flatMap(({ number, publishedAt }) =>
      publishedAt
        ? [
            {
              number,
              day: shanghaiDay(publishedAt),
              compare: number > 1 ? `/consultations/${slug}/rounds/${number - 1}/compare/${number}` : null,
            },
          ]
        : [],
    ),
  }
}

function channelsOf(channels: Scope['consultation']['offlineChannels']): Announcements['channels'] {
  if (!channels) return []
  const { address, postcode, phone, email } = channels
  const letter = address && `${address}${postcode ? `（${postcode}）` : ''}`
  const kinds = [['letter', letter] as const, ['phone', phone] as const, ['email', email] as const]
  return kinds.flatMap(([kind, value]) => (value ? [{ kind, value }] : []))
}
