/** What of a comment may identify somebody (GB/T 35273-2020, annex A): the kinds that are hidden from the public. */
export const personalDataNames = {
  name: '姓名',
  accused: '涉及具体个人',
  mobile: '手机号',
  landline: '电话',
  id_number: '身份证号',
  address: '住址',
  bank_card: '银行卡号',
  email: '邮箱',
  plate: '车牌号',
  account: '社交账号',
  document: '证件、学号、病历号',
  organisation: '单位',
  sensitive: '敏感个人信息',
  other: '个人信息',
} as const
export type PersonalDataKind = keyof typeof personalDataNames

/** A piece of a text in code points, `end` exclusive. */
export interface PersonalSpan {
  start: number
  end: number
  kind: PersonalDataKind
  /** By what it was found, in words for whoever judges it; none where what it is says it. */
  why?: string
  /** Whether it may well be something else. */
  unsure?: boolean
}

/** A piece of a text in one way of writing (`plain-digits.ts`), in UTF-16 units. */
export type FoundPiece = PersonalSpan
