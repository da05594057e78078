import type { Beginning } from './beginnings.ts'

/** Of a letter's sentences, what is needed to tell whether it asks for anything. */
interface Said {
  text: string
  beginsLine: boolean
  beginning: Beginning
}

/** So many sentences of a letter may introduce it, or close it, and so many in a row may tell of the writer in between. */
const most = 10
const inBetween = 3

const asks = /建议|希望|盼(?!复|回)|应当|应该|能不能|能否|可否|必须|改为|增加|删[去除掉]|反对|[？?]/u
/** Approval is an opinion too, in whatever words it is wrapped. */
export const approves =
  /赞成|赞同|同意(?!见)|拥护|认同|举双手|(?:表示|完全|坚决|非常|大力|衷心|我们?|都|^|[，；])支持|[没无]有?(?:其他|不同|修改)*意见|写得(?:很|真|挺)?好|[很都挺]好/u
const complains = /没有?人|坏|太[^原谷行]|缺|贵(?![委局厅省州部会单])|塌|拖欠|难|不[够通修管给让能上了]/u

const addressed =
  /^[^。！？]{0,30}(?:[委府厅局组办会部]|单位|领导|同志)[^。！？，]{0,4}[：:]$|^(?:致|关于|意见|建议)[：:]/u
const titled = /^[^，。！？；：:]{0,60}(?:意见|建议|反馈|报告)(?:[（(][^（()）]{0,20}[）)])?$/u
const greets =
  /^(?:尊敬|敬爱|亲爱)的|^(?:您|你们?)好|(?:领导|大家|同志)们?(?:你们|您)?好(?:[，。！!]|$)|^敬礼|辛苦了|打扰了/u
const introduces =
  /^(?:(?:我们?(?:一家|两口子)?|俺们?|笔者|我司|课题组|[我本](?:公司|会|局|所|院|单位))(?:是|叫|系|为|在|从事|长期|今年|老家|近|多年)|本人(?!认为|觉得|以为|对|想)|作为|从事|来自|一[名位个])|收悉|^(?:时间|地点|参加人|主持人?|记录人?|姓名|住址|单位|填报单位|来电人|来信人)[：:]/u
const leadsIn =
  /(?:如下|以下)(?:[^。！？]{0,14}(?:意见|建议|想法|问题|情况))?[，。：:]|(?:[提谈说讲]|写(?=几)|反映|补充)[^。！？，]{0,8}(?:几|两|[一二三四五六七八九十]|一些)[点条件个句处][^。！？，]{0,10}(?:[，。：:！]|$)|提出?[^。！？，]{0,10}(?:意见|建议)[。：:]?$|把[^。！？，]{0,12}(?:想法|看法|意见)[^。！？，]{0,6}(?:报告|汇报|反映|[说写])|[谈说讲][谈说讲点]?(?:看法|想法|心里话)|(?:几|[一二三四五六七八九十])[点条处个][^。！？，]{0,6}(?:意见|建议|看法)[。：:]?$/u
const humble =
  /文化(?:水平)?(?:不高|有限|低)|水平有限|念书少|没念过|写得(?:不好|长)|说得不对|[原见]谅|谅解|批评|指正|片面|凑合|浅见|不揣|想到哪/u

const refersBack = /^(?:以上|上述|上面)/u
const sumsUp = /^(?:以上|上述)[^。！？，]{0,8}(?:意见|建议|想法|看法)/u
const closes =
  /^(?:以上|上面|上述)|谢谢|感谢|拜托|打扰|麻烦(?:领导|你们|您)|(?:^|[，。！])(?:最后)?[谨恭敬预]?祝|此致|敬礼|^顺颂|公祺|编安|参考|妥否|不[妥当]之处|特此|专此|函复|盼复|盼回复|贻笑|如需进一步|^就这些|联系(?:人|电话|方式)|^附[：:]|记录人/u
const named = /^[\p{Script=Han}·\s]{2,8}$/u
const ended = /[。！…]$/u
const dated = /(?:\d{4}|[二〇○零一三四五六七八九]{4})\s?年\s?[\d一二三四五六七八九十]{1,3}\s?月/u
const signer =
  /^.{0,20}(?:公司|委员会|协会|商会|联合会|事务所|[厅局院处组社]|中心|负责人|代表|村民|群众|教授|干部|厂长|工作者|某某|代笔人[：:].{1,6})$/u

/**
 * Which sentences of a letter only greet, introduce, thank, sign: at its beginning up to the last that does, at its end
 * from the first that does. Whatever asks for something or approves of the draft is never one of them.
 */
export function courtesies(sentences: readonly Said[]): boolean[] {
  const opening = openingLength(sentences)
  const closing = opening < sentences.length ? closingLength(sentences.slice(opening)) : 0
  return sentences.map((_, index) => index < opening || index >= sentences.length - closing)
}

function openingLength(sentences: readonly Said[]): number {
  let length = 0
  for (const [index, { text, beginning }] of sentences.slice(0, most).entries()) {
    if (beginning.is === 'item') break
    if (opens(text) || (index === 0 && titled.test(text) && !approves.test(text))) length = index + 1
    else if (says(text) || index - length >= inBetween) break
  }
  return length
}

function opens(text: string): boolean {
  if (approves.test(text)) return false
  if (leadsIn.test(text) && [...text].length <= 80) return true
  if (asks.test(text)) return false
  return [addressed, greets, humble].some((one) => one.test(text)) || (introduces.test(text) && !says(text))
}

/** What stands between thanks and signature may be anything; only after 以上 is it surely no wish of its own. */
function closingLength(sentences: readonly Said[]): number {
  let length = 0
  for (const [index, said] of sentences.slice(-most).reverse().entries()) {
    const isEnd = ends(said, sentences.at(-index - 2))
    if (isEnd && (length === index || refersBack.test(said.text))) length = index + 1
    else if (isEnd || says(said.text)) break
  }
  return length
}

function ends({ text, beginsLine }: Said, before: Said | undefined): boolean {
  if (approves.test(text)) return false
  if (sumsUp.test(text)) return true
  if (asks.test(text)) return false
  if (closes.test(text) || humble.test(text)) return true
  const isAlone = beginsLine || ended.test(before?.text ?? '')
  if (!isAlone || /[。！？；，]/u.test(text)) return false
  if (dated.test(text) || signer.test(text)) return true
  return named.test(text) && before !== undefined && (ended.test(before.text) || closes.test(before.text))
}

function says(text: string): boolean {
  return asks.test(text) || approves.test(text) || complains.test(text)
}
