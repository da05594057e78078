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
