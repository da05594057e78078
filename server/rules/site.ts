import { choice, optional, presumed, text } from './fields.ts'
import { form, type ValuesIn } from './form.ts'
import { securityContact } from './security-contact.ts'

export const siteFieldNames = {
  name: '网站名称',
  sponsor: '主办单位',
  organiser: '承办单位',
  contact: '联系方式',
  siteCode: '网站标识码',
  icp: 'ICP备案编号',
  publicSecurity: '公安备案编号',
  keyPlaces: '存证公钥另在何处公布',
} as const

/** Whether search engines may list the pages and files that hold comments. */
export const commentListings = { listed: '可以收录', unlisted: '不让收录' } as const

const fact = (field: keyof typeof siteFieldNames) => text({ name: siteFieldNames[field], most: 100 })

/** What the whole site says of itself (政府网站发展指引, 国办发〔2017〕47号); what is empty is not shown. */
export const siteForm = form({
  name: fact('name'),
  sponsor: optional(fact('sponsor')),
  organiser: optional(fact('organiser')),
  contact: optional(fact('contact')),
  siteCode: optional(fact('siteCode')),
  icp: optional(fact('icp')),
  publicSecurity: optional(fact('publicSecurity')),
  keyPlaces: optional(text({ name: siteFieldNames.keyPlaces, most: 300 })),
  securityContact: optional(securityContact({ name: '安全问题联系方式', most: 100 })),
  commentListing: presumed(choice(commentListings, '请选择是否让搜索引擎收录', 'listed')),
})
export type SiteFacts = ValuesIn<typeof siteForm>

export const siteDefaults: SiteFacts = {
  name: '山西省公开征求意见',
  sponsor: null,
  organiser: null,
  contact: null,
  siteCode: null,
  icp: null,
  publicSecurity: null,
  keyPlaces: null,
  securityContact: null,
  commentListing: 'listed',
}
