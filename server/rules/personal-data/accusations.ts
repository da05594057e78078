import type { FoundPiece } from './kinds.ts'
import { sentencesOf } from './sentence-places.ts'

/** What somebody is said to have done wrong. */
const wrongs =
  /欠|克扣|扣了|贪|霸占|侵占|强占|占了|骗|套取|套了|挪用|冒充|冒领|顶替|收了|收礼|收钱|索要|索贿|受贿|吃拿卡要|吃回扣|打人|打了|打骂|殴打|威胁|恐吓|欺负|辱骂|偷|盗|毁了|砸|没手续|无证|超载|超限|超标|排污|偷排|倾倒|喝酒|花了|把.{0,12}给了|给自家|优亲厚友|伪造|造假|假|虚报|瞒报|截留|私分|倒卖|高利贷|强拆|跑路|跑了|不给|违规|违法|违建|勾结|垄断|赌|嫖|猥亵|骚扰|家暴|不作为|不认账|没来过|不干活|不扫|推诿|刁难|报复|压着|卡着|拒不|赖/
/** Before a name: somebody else is blamed, or it is the one who complains. */
const notHim =
  /(?:举报人|反映人|投诉人|申请人|受害人|受害者|我叫|我是|本人|联系人|户名|丈夫|妻子|爱人|老公|儿子|女儿|孩子|爸|妈|父亲|母亲|婆婆|公公|奶奶|爷爷|姥姥|同事|战友|感谢|表扬|村民|老人)[:： ]?$/u

/** Of the names those whose bearers are said to have done wrong, as such: 涉及具体个人. */
export function withAccused(names: FoundPiece[], text: string): FoundPiece[] {
  const sentences = sentencesOf(text)
  let place = 0
  return names.map((name) => {
    while ((sentences[place]?.end ?? text.length) <= name.start) place++
    const { start, end } = sentences[place] ?? { start: 0, end: text.length }
    const before = text.slice(Math.max(start, name.start - 12), name.start)
    const after = text.slice(name.end, Math.min(end, name.end + 40))
    if (notHim.test(before) || name.why?.startsWith('与提出人')) return name
    const said = wrongs.exec(after)?.[0] ?? /举报|严查|查处|控告|揭发|投诉/.exec(before.slice(-5))?.[0]
    return said ? { ...name, kind: 'accused', why: `同一句里说到“${said}”` } : name
  })
}
