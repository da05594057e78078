import { type FieldError, textProblem, typedText } from './typed.ts'

/** What the whole site says of itself (政府网站发展指引, 国办发〔2017〕47号); null is not shown. */
export interface SiteFacts {
  name: string
  sponsor: string | null
  organiser: string | null
  contact: string | null
  siteCode: string | null
  icp: string | null
  publicSecurity: string | null
}

export const siteDefaults: SiteFacts = {
  name: '山西省公开征求意见',
  sponsor: null,
  organiser: null,
  contact: null,
  siteCode: null,
  icp: null,
  publicSecurity: null,
}

export const siteFieldNames = {
  name: '网站名称',
  sponsor: '主办单位',
  organiser: '承办单位',
  contact: '联系方式',
  siteCode: '网站标识码',
  icp: 'ICP备案编号',
  publicSecurity: '公安备案编号',
} as const satisfies Record<keyof SiteFacts, string>

/** The site's facts as they were typed. */
export type TypedSite = Record<keyof SiteFacts, string>

const fields = Object.keys(siteFieldNames) as (keyof SiteFacts)[]

/** Reads what came, whatever it is. */
export function readSite(form: unknown): TypedSite {
  return byField((field) => typedText(form, field))
}

/** The form as it stands for what is kept. */
export function typedSite(kept: SiteFacts): TypedSite {
  return byField((field) => kept[field] ?? '')
}

/** Everything that keeps the typed facts from being saved; only the name is required. */
export function checkSite(typed: TypedSite): FieldError[] {
  return fields.flatMap((field) => {
    const required = field === 'name'
    const message = textProblem(typed[field], { name: siteFieldNames[field], required, most: 100 })
    return message === null ? [] : [{ field, message }]
  })
}

/** The facts that a form which passed `checkSite` gives; what is empty is not shown. */
export function siteOf(typed: TypedSite): SiteFacts {
  const { name, sponsor, organiser, contact, siteCode, icp, publicSecurity } = typed
  return {
    name,
    sponsor: sponsor || null,
    organiser: organiser || null,
    contact: contact || null,
    siteCode: siteCode || null,
    icp: icp || null,
    publicSecurity: publicSecurity || null,
  }
}

function byField(value: (field: keyof SiteFacts) => string): TypedSite {
  return {
    name: value('name'),
    sponsor: value('sponsor'),
    organiser: value('organiser'),
    contact: value('contact'),
    siteCode: value('siteCode'),
    icp: value('icp'),
    publicSecurity: value('publicSecurity'),
  }
}
