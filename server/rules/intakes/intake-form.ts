import { type Day, isDay } from '../days.ts'
import { channelNames } from '../names.ts'
import { type FieldError, textProblem, typedText, typedTick } from '../typed.ts'

/** The channels by which something comes that staff enter. */
export const offlineChannelNames: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(channelNames).filter(([channel]) => channel !== 'web'),
)

const longestReference = 60

export interface TypedIntake {
  channel: string
  receivedOn: string
  reference: string
  onBehalf: boolean
}

export function readIntake(form: unknown): TypedIntake {
  return {
    channel: typedText(form, 'channel'),
    receivedOn: typedText(form, 'received_on'),
    reference: typedText(form, 'reference'),
    onBehalf: typedTick(form, 'on_behalf'),
  }
}

/** What keeps an intake from being stored. @param today in Shanghai */
export function checkIntake({ channel, receivedOn, reference }: TypedIntake, today: Day): FieldError[] {
  const errors: FieldError[] = []
  if (!Object.hasOwn(offlineChannelNames, channel)) errors.push({ field: 'channel', message: '请选择来源' })
  if (!isDay(receivedOn)) errors.push({ field: 'received_on', message: '请填写收到日期，如 2026-11-23' })
  else if (receivedOn > today) errors.push({ field: 'received_on', message: '收到日期不能晚于今天' })
  const problem = textProblem(reference, { name: '来文文号', most: longestReference })
  if (problem) errors.push({ field: 'reference', message: problem })
  return errors
}

/** 逾期: what was received or postmarked after the closing day; before it, it counts whenever it is entered. */
export function isLate(receivedOn: Day, closingDay: Day): boolean {
  return receivedOn > closingDay
}
