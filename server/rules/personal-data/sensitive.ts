import type { FoundPiece } from './kinds.ts'
import { clausesOf } from './sentence-places.ts'

/** Health, disability, violence, and what befalls minors (个人信息保护法 28, 31). */
const plights =
  /癌|白血病|尿毒症|透析|瘫|截肢|断了?[腰腿手臂胳]|摔断|残疾|[一二三四]级残|伤残|脑瘫|自闭|孤独症|抑郁|精神病|精神分裂|精神障碍|痴呆|糖尿病|高血压|心脏病|冠心病|肝炎|艾滋|乙肝|肺结核|尘肺|[矽硅]肺|中风|脑梗|脑出血|癫痫|智障|智力|弱智|聋|哑巴|失明|看不见|失能|流产|怀孕|不孕|家暴|性侵|强奸|猥亵|虐待|自杀|骨折|植物人|失禁|化疗|放疗|肿瘤|渐冻|血友病|先天性|唐氏|侏儒|烧伤|坐牢|服刑|吸毒|辍学|退学|改嫁|孤儿|黑户|欺凌|确诊|查出|移植/
/** Whose it is: a near person of the writer, or the writer. */
const persons =
  /我(?!们|国|省|市|县|区|镇|乡|村|院|校|局|厂)|俺|本人|儿子|女儿|闺女|孩子|娃|丈夫|爱人|老公|妻子|老婆|媳妇|[爸妈爹娘]|母亲|父亲|爷爷|奶奶|姥[姥爷]|公公|婆婆|岳[父母]|[哥姐弟妹]|孙子|孙女|侄|外甥|邻居|隔壁|老伴|她|他(?!们)/
/** Of what is asked or planned, and of everybody: no person's. */
const general =
  /^(?:建议|希望|请|应|对|让|要|关于|支持|增加|加强|完善|落实|推进|鼓励)|机构|补贴|救助站|设备|医疗器械|残疾人(?:联|事业|证办|就业|保障金)|残联|残保|病房|科室|专科|公示栏|补贴标准|政策|名额给|康复科|有残疾的|托育|托幼|无障碍/
const minor =
  /(?:孩子|娃|儿子|女儿|闺女|孙子|孙女|小孩)[^，。]{0,10}?(?:\d{1,2}|[一二三四五六七八九十]{1,2})岁/

/** What is told of health, disability, violence or a minor of somebody who is named or near. @param names found in it */
export function* sensitive(text: string, names: readonly FoundPiece[]): Generator<FoundPiece> {
  let near: number | null = null
  let next = 0
  for (const { start, last: ending, end } of clausesOf(text)) {
    const clause = text.slice(start, Math.min(ending, start + 60))
    if (/[。！？!?\n]$/u.test(text.slice(start - 1, start))) near = null
    while ((names[next]?.start ?? text.length) < start) next++
    const isNamed = (names[next]?.start ?? text.length) < end
    const person = isNamed ? 0 : clause.search(persons)
    if (person >= 0) near = start
    const plight = plights.exec(clause) ?? minor.exec(clause)
    if (plight === null || near === null || general.test(clause) || start - near > 60) continue
    const last = isNamed ? Math.max(start, names[next]?.end ?? start) : start + Math.max(0, person)
    const from = last < start + plight.index ? last : start
    yield {
      start: from,
      end: start + clause.length,
      kind: 'sensitive',
      why: `说到“${plight[0]}”，前面有具体的人`,
    }
  }
}
