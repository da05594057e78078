/** Where numbers are that identify no person, in UTF-16 units, `end` exclusive: nothing is found in them. */
export interface PublicNumber {
  start: number
  end: number
  kind: 'public'
}

/** Addresses of pages, UUIDs, DOIs. */
export function* publicNumbers(text: string): Generator<PublicNumber> {
  for (const { 0: found, index } of text.matchAll(inNumbers)) {
    yield { start: index, end: index + found.length, kind: 'public' }
  }
}

const inNumbers =
  /(?:https?:\/\/|\bwww\.)[\w./?=&%#:;+~-]+|\b[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}\b|\b10\.\d{4,9}\/[\w./()-]+/g

/** Words for the number of a thing, as they end what stands before it. */
const ofThing =
  /(?:合同|发票|编号|编码|条码|条形码|流水|案号|回执|追溯码?|批号|文号|订单|快递|物流|运单|包裹|票据|代码|登记号|许可证?|备案|货号|型号|凭证|防伪码?|执照|序列号|受理|工单|图号|专利|单)(?:编?号码?|单号?|码|证)?(?:是|为|[:：#(（ ]|no\.?){0,3}$/

/** Whether a number is called that of a thing rather than of a person. @param before the words before it */
export function isOfThing(before: string): boolean {
  return ofThing.test(before)
}

const offices =
  /局|委(?!屈|托)|厅|办(?!公室|了|不|理|的|事(?!处))|中心|政府|医院|急诊|卫生院|公司|热线|总机|客服|售后|窗口|派出所|学校|大厅|物业|银行|前台|值班|举报|投诉|咨询|监督|服务|公布|公开|官方|单位|厂|站|部门|信访|机关|校办|你们|贵/
const privately = /家里?|我|宅|住|本人|人[:：]|手机|私人|爹|妈|爸|他|她/

/** Whether a telephone is an office's or a firm's own, by the words around it. */
export function isOffices(before: string, after: string): boolean {
  const clause = before.split(/[。！？!?\n；;]/u).at(-1) ?? ''
  if (/^[^。！？\n，,]{0,2}(?:是|为)[^。！？\n，,]{0,12}(?:局|委|厅|办|中心|政府|公布|单位|热线)/.test(after))
    return true
  const office = clause.search(offices)
  if (office < 0) return false
  const later = clause.slice(office)
  return !privately.test(later)
}
