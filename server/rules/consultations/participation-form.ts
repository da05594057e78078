import { type Day, isDay } from '../days.ts'
import { type FieldError, textProblem, typedText, typedTick } from '../typed.ts'
import { type Offer, offerNames } from './offers.ts'
import { type Region, readRegions, writeRegions } from './regions.ts'

export const askingNames = { hidden: '不问', optional: '选填', required: '必填' } as const
export type Asking = keyof typeof askingNames
export const personFieldNames = {
  name: '姓名',
  identity: '身份',
  organisation: '单位名称',
  region: '所在地区',
  contact: '联系方式',
} as const
export type PersonField = keyof typeof personFieldNames
export type PersonFields = Record<PersonField, Asking>

/** Where comments may be sent besides the portal; null is not offered. */
export interface OfflineChannels {
  address: string | null
  postcode: string | null
  phone: string | null
  email: string | null
}

/** How people take part; it may change while the consultation runs. */
export interface Participation {
  offlineChannels: OfflineChannels | null
  personFields: PersonFields | null
  regions: Region[]
  outcomePromisedOn: Day | null
  offers: Offer[] | null
}

const channels = ['address', 'postcode', 'phone', 'email'] as const
type TypedChannels = Record<(typeof channels)[number], string>

/** The same as it was typed, a region a line. */
export interface TypedParticipation extends TypedChannels {
  asking: Record<PersonField, string>
  regions: string
  outcome_promised_on: string
  offers: Record<Offer, boolean>
}

const personFields = Object.keys(personFieldNames) as PersonField[]

/** Reads what came, whatever it is. */
export function readParticipation(form: unknown): TypedParticipation {
  return {
    address: typedText(form, 'address'),
    postcode: typedText(form, 'postcode'),
    phone: typedText(form, 'phone'),
    email: typedText(form, 'email'),
    asking: byField((field) => typedText(form, `ask_${field}`)),
    regions: typedText(form, 'regions'),
    outcome_promised_on: typedText(form, 'outcome_promised_on'),
    offers: byOffer((offer) => typedTick(form, `offer_${offer}`)),
  }
}

/** The form as it stands for what is kept. */
export function typedParticipation(kept: Participation): TypedParticipation {
  const { offlineChannels, regions, outcomePromisedOn } = kept
  return {
    address: offlineChannels?.address ?? '',
    postcode: offlineChannels?.postcode ?? '',
    phone: offlineChannels?.phone ?? '',
    email: offlineChannels?.email ?? '',
    asking: byField((field) => kept.personFields?.[field] ?? 'optional'),
    regions: writeRegions(regions),
    outcome_promised_on: outcomePromisedOn ?? '',
    offers: byOffer((offer) => kept.offers?.includes(offer) ?? false),
  }
}

/**
 * Everything that keeps the typed settings from being saved, in the order of the form.
 * @param closesOn the outcome cannot be promised for a day before it
 */
export function checkParticipation(typed: TypedParticipation, closesOn: Day): FieldError[] {
  const { outcome_promised_on: promised } = typed
  const problems: [string, string | null][] = [
    ['address', textProblem(typed.address, { name: '通信地址', most: 200 })],
    ['postcode', typed.postcode === '' || /^\d{6}$/.test(typed.postcode) ? null : '邮政编码是六位数字'],
    ['phone', textProblem(typed.phone, { name: '联系电话', most: 60 })],
    [
      'email',
      typed.email === '' || isEmail(typed.email) ? null : '电子邮箱的写法不对，例如 yijian@example.gov.cn',
    ],
    ...personFields.map((field): [string, string | null] => [
      `ask_${field}`,
      Object.hasOwn(askingNames, typed.asking[field]) ? null : `请选择“${personFieldNames[field]}”怎样填写`,
    ]),
    ['regions', textProblem(typed.regions, { name: '地区', most: 20_000 })],
    ['outcome_promised_on', promised === '' ? null : promiseProblem(promised, closesOn)],
  ]
  return problems.flatMap(([field, message]) => (message === null ? [] : [{ field, message }]))
}

function isEmail(typed: string): boolean {
  return (
    typed.length <= 100 &&
    /^[^\s@\0\p{Surrogate}]+@[^\s@\0\p{Surrogate}]+\.[^\s@\0\p{Surrogate}]+$/u.test(typed)
  )
}

function promiseProblem(promised: string, closesOn: Day): string | null {
  if (!isDay(promised)) return '公布结果的日期写成 2027-01-20 这样'
  return promised <= closesOn ? '公布结果的日期要晚于截止日期' : null
}

/** The settings that a form which passed `checkParticipation` gives. */
export function participationOf(typed: TypedParticipation): Participation {
  const offers = (Object.keys(offerNames) as Offer[]).filter((offer) => typed.offers[offer])
  const given = channels.some((channel) => typed[channel] !== '')
  const channel = (name: (typeof channels)[number]) => typed[name] || null
  return {
    offlineChannels: given
      ? {
          address: channel('address'),
          postcode: channel('postcode'),
          phone: channel('phone'),
          email: channel('email'),
        }
      : null,
    personFields: byField((field) => askingOf(typed.asking[field])),
    regions: readRegions(typed.regions),
    outcomePromisedOn: typed.outcome_promised_on || null,
    offers: offers.length > 0 ? offers : null,
  }
}

function askingOf(typed: string): Asking {
  return typed === 'hidden' || typed === 'required' ? typed : 'optional'
}

function byField<Value>(value: (field: PersonField) => Value): Record<PersonField, Value> {
  return {
    name: value('name'),
    identity: value('identity'),
    organisation: value('organisation'),
    region: value('region'),
    contact: value('contact'),
  }
}

function byOffer<Value>(value: (offer: Offer) => Value): Record<Offer, Value> {
  return { endorsements: value('endorsements'), attachments: value('attachments') }
}
