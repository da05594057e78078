import type { FoundPiece } from './kinds.ts'

const count = '(?:[甲乙丙丁付副附a-z]?\\d{1,5}|[一二三四五六七八九十百零〇]{1,4}|[甲乙丙丁a-z])'
const house = `${count} ?(?:号院|号楼|号(?:之[一二三四五])?|#楼?|栋|幢|座|楼|单元|组|队|社|排|巷|弄|区|院|门|层|室|房|户|家)`
/** From the first door word to the last: 8号院4排6号, 3号楼2单元1102, b座817, 16-1-1203, 西头37号, 路北第7户. */
const doors = new RegExp(
  `(?<![一二三四五六七八九十百\\d.])(?:第|门牌号?)?(?:${house}|\\d{1,4}(?: ?- ?\\d{1,4}){1,3}(?![\\d-]))(?:(?: ?[-,，]? ?)(?:第?${house}|[东西南北中左右][户门屋边]?侧?(?:${house})?户?))*(?: ?-? ?\\d{3,4}(?:-\\d{1,4})?(?!\\d| ?[元亩斤吨人户米年月块]))?(?:[东西南北中左右](?:户|门|屋|边户))?`,
  'g',
)
/** What stands before the door: province, town, street, the estate's name. */
const street = /(?<=((?:[\p{Script=Han}a-z\d·]|(?<=[省市区县镇乡村道路街]) ){0,40}))/uy

/** A word that ends the name of a place in which doors are numbered. */
const place =
  /(?:村委?|庄|屯|寨|堡|沟|街道?|路|巷|胡同|道|弄|里|坊|营|社区|小区|新村|花园|家园|嘉园|嘉苑|苑|院|庭院?|园|城|府|湾|邸|公寓|宿舍|大厦|广场|岸|港|台|都|邦|轩|阁|居|墅|郡|堂|座|[东西南北上下前后中][头街巷道院沟坡场边面侧区]|路[东西南北]|街[东西南北]|镇|乡|县|区|市|组|坡|岭|峪|坪|川|坝|河|湖|山|庙|桥|口|关|店|铺|楼|家属院|安置[点房区]|[a-z]区)$/u
const region = /[省市区县旗镇乡村街路巷道]/u
/** Whose village it is says not which. */
const unnamed =
  /(?:^|[我俺咱你他她全本该这那每各几个别外])(?:们)?(?:的)?(?:村|小区|县|乡|镇|社区|市|区|院|街|巷|路|楼|单元)$/u
const institution =
  /(?:医院|学校|中学|小学|大学|学院|幼儿园|政府|大厅|中心|局|厂|公司|法院|检察院|银行|大楼|车站|机场|门诊|住院部|煤矿|基地|国道|省道|县道|高速|铁路|地铁|附件|文件|公交|草案|方案|图|表|专栏|展厅|景区|加油站|变电站)$/u
/** What is counted or numbered, and nobody lives in. */
const noDoor =
  /^ ?(?:窗口|线|文|令|公告|柜台|机|井|矿|煤|车(?!棚)|台(?!阶)|隧|坝|站|出口|国道|桩|通知|决定|提案|之前|之后|前|以前|那天|当天|上午|下午|早上|晚上|中午|开始|开工|开会|停电|停水|截止|病房|诊室|教室|地块|标段|项目|人|左右|以上|线路|干部|文件|会议|卡|种|品种|旅游|公路|高速|发布|印发|施行|楼梯|楼道)/u

/** Words before an address that are not part of it. */
const leading =
  /^.*(?:住址?|家住|地址|位于|搬到|搬进|搬至|寄往?到?给?|在|是|从|到|于|为|我家|她家|他家|家[里在]|们家|户籍|老家|一下|反映|反应|来自|属于?|去|和|与|跟|把|被|给|我们?|俺们?|咱们?|请|说|及)(?=.{2})/u

/** Addresses of persons, from the first word of the place to the last of the door. */
export function* addresses(text: string): Generator<FoundPiece> {
  let pending = null as FoundPiece | null
  for (const { 0: door, index } of text.matchAll(doors)) {
    const last = pending === null ? 0 : pending.end
    street.lastIndex = index
    const start = Math.max(last, index - (street.exec(text)?.[1]?.length ?? 0))
    const named = text.slice(start, index)
    const end = index + door.trimEnd().length
    const isUnsure = addressIn(named, text.slice(index, end), text.slice(end, end + 6))
    if (isUnsure === null) continue
    // A street's number, and then the estate's: one address.
    if (pending && start === last) pending = { ...pending, end }
    else {
      if (pending) yield pending
      pending = {
        start: start + leadingIn(named),
        end,
        kind: 'address',
        ...(isUnsure ? { unsure: true } : {}),
      }
    }
  }
  if (pending) yield pending
}

/** Whether a place and a door are unsure to be somebody's address; null where they are none. */
function addressIn(named: string, door: string, after: string): boolean | null {
  const known = named.slice(leadingIn(named)).trimEnd()
  if (institution.test(known) || noDoor.test(after)) return null
  if (/局|委|厅|政府|大厅|医院|学校|公司|派出所|支行|法院/.test(after) && !/家属/.test(after)) return null
  const levels = levelsOf(door)
  if (/^\d{1,4} ?- ?\d{1,4}$/.test(door)) return null
  if (known.length < 2) return levels >= 3 && /^[a-z]区/.test(door) ? true : null
  if (!place.test(known) || unnamed.test(known)) {
    // Without a street: a building of an estate whose name ends like no place.
    const isNear = levels >= 2 && region.test(known.slice(0, -1)) && known.length >= 5
    return isNear ||
      (levels >= 3 && known.length >= 3) ||
      (/^第.{1,12}[家户]$/.test(door) && region.test(known))
      ? true
      : null
  }
  if (/^[^\d]*\d+ ?户$/.test(door) && !/第/.test(door)) return null
  if (levels >= 2) return false
  if (/\d{3,4} ?[室房]$/.test(door) && known.length >= 4) return false
  // One number alone: a house of a street or a village that is named.
  if (!/号|门牌|第|院|\d-\d+-\d/.test(door)) return null
  return region.test(known) ? false : null
}

function levelsOf(door: string): number {
  return (
    door.match(/号院|号楼|号|#|栋|幢|座|楼|单元|组|队|排|室|房|户|层|门|-\d|(?<=[座楼元栋幢])\d{3,4}$/g) ?? []
  ).length
}

/** How much of what stands before a door is none of its place. */
function leadingIn(named: string): number {
  const first = named.slice(1).search(region)
  const head = first < 0 ? named : named.slice(0, first + 1)
  return leading.exec(`${head}  `.slice(0, head.length + 2))?.[0].length ?? 0
}
