import type { Day } from '../days.ts'
import { asking, choice, day, type Field, matching, optional, text, tick } from '../fields.ts'
import { form, type TypedIn, type ValuesIn } from '../form.ts'
import { channelNames } from '../names.ts'

/** The channels by which something comes that staff enter. */
export const offlineChannelNames: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(channelNames).filter(([channel]) => channel !== 'web'),
)

/** 到会人数. */
const people: Field<string, number> = {
  ...matching(/^[1-9]\d{0,5}$/, '到会人数请填数字，如 24'),
  given: String,
  value: Number,
}

/** How and when something came that staff enter. @param today in Shanghai */
export function intakeForm(today: Day) {
  return form(
    {
      channel: choice(offlineChannelNames, '请选择来源'),
      received_on: asking(day({ name: '收到日期' }), '请填写收到日期，如 2026-11-23'),
      reference: optional(text({ name: '来文文号', most: 60 })),
      present: optional(people),
      parted: tick(),
      on_behalf: tick(),
    },
    ({ received_on, channel, present }) => [
      ['received_on', received_on > today ? '收到日期不能晚于今天' : null],
      ['present', present !== '' && channel !== 'meeting' ? '只有座谈会填到会人数' : null],
    ],
  )
}
export type TypedIntake = TypedIn<ReturnType<typeof intakeForm>>
export type ReadIntake = ValuesIn<ReturnType<typeof intakeForm>>

/** 逾期: what was received or postmarked after the closing day; before it, it counts whenever it is entered. */
export function isLate(receivedOn: Day, closingDay: Day): boolean {
  return receivedOn > closingDay
}
