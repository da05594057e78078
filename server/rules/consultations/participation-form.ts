import type { Day } from '../days.ts'
import { asking, choice, day, matching, oneOf, optional, orEmpty, presumed, text, tick } from '../fields.ts'
import { form, type TypedIn, type ValuesIn } from '../form.ts'
import { type HeadTimes, headTimeNames } from '../transparency/head-times.ts'
import { type Offer, offerNames } from './offers.ts'
import { type Region, readRegions, writeRegions } from './regions.ts'

export const askingNames = { hidden: '不问', optional: '选填', required: '必填' } as const
type Asking = keyof typeof askingNames
export const personFieldNames = {
  name: '姓名',
  identity: '身份',
  organisation: '单位名称',
  region: '所在地区',
  contact: '联系方式',
} as const
type PersonField = keyof typeof personFieldNames
/** Whether the form asks for each thing about the person. */
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
  headTimes: HeadTimes
}

const asked = (field: PersonField) => choice(askingNames, `请选择“${personFieldNames[field]}”怎样填写`)

/** How people take part, a region a line. @param closesOn the outcome cannot be promised for a day before it */
export const participationForm = (closesOn: Day) =>
  form(
    {
      address: optional(text({ name: '通信地址', most: 200 })),
      postcode: optional(matching(/^\d{6}$/, '邮政编码是六位数字')),
      phone: optional(text({ name: '联系电话', most: 60 })),
      email: optional(oneOf({ has: isEmail }, '电子邮箱的写法不对，例如 yijian@example.gov.cn')),
      ask_name: asked('name'),
      ask_identity: asked('identity'),
      ask_organisation: asked('organisation'),
      ask_region: asked('region'),
      ask_contact: asked('contact'),
      regions: { ...orEmpty(text({ name: '地区', most: 20_000 })), given: writeRegions, value: readRegions },
      outcome_promised_on: optional(asking(day({ name: '日期' }), '公布结果的日期写成 2027-01-20 这样')),
      offer_endorsements: tick(),
      offer_attachments: tick(),
      head_times: presumed(choice(headTimeNames, '请选择提交存证何时公布', 'closing')),
    },
    ({ outcome_promised_on: promised }) => [
      [
        'outcome_promised_on',
        promised !== '' && promised <= closesOn ? '公布结果的日期要晚于截止日期' : null,
      ],
    ],
  )
export type TypedParticipation = TypedIn<ReturnType<typeof participationForm>>

function isEmail(typed: string): boolean {
  return (
    typed.length <= 100 && /^[^\s@\0\p{Surrogate}]+@(?=[^\s@]+\.[^\s@])[^\s@\0\p{Surrogate}]+$/u.test(typed)
  )
}

/** The form as it stands for what is kept. */
export function givenParticipation(kept: Participation, closesOn: Day): TypedParticipation {
  const { personFields: asking, offers } = kept
  return participationForm(closesOn).given({
    ...kept,
    ...(kept.offlineChannels ?? { address: null, postcode: null, phone: null, email: null }),
    askName: asking?.name ?? 'optional',
    askIdentity: asking?.identity ?? 'optional',
    askOrganisation: asking?.organisation ?? 'optional',
    askRegion: asking?.region ?? 'optional',
    askContact: asking?.contact ?? 'optional',
    offerEndorsements: offers?.includes('endorsements') ?? false,
    offerAttachments: offers?.includes('attachments') ?? false,
  })
}

/** What is kept of the form. */
export function participationOf(values: ValuesIn<ReturnType<typeof participationForm>>): Participation {
  const { address, postcode, phone, email, regions, outcomePromisedOn, headTimes } = values
  const channels = { address, postcode, phone, email }
  const ticked = { endorsements: values.offerEndorsements, attachments: values.offerAttachments }
  const offers = (Object.keys(offerNames) as Offer[]).filter((offer) => ticked[offer])
  return {
    offlineChannels: Object.values(channels).some(Boolean) ? channels : null,
    personFields: {
      name: values.askName,
      identity: values.askIdentity,
      organisation: values.askOrganisation,
      region: values.askRegion,
      contact: values.askContact,
    },
    regions,
    outcomePromisedOn,
    offers: offers.length > 0 ? offers : null,
    headTimes,
  }
}
