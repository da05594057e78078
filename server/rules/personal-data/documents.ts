import type { FoundPiece } from './kinds.ts'

/** Numbers by which somebody is kept in a register, and the words by which each is called. */
const registers = [
  { name: '护照号', called: /护照|通行证|台胞证|港澳证|回乡证/g, shape: /^[a-z]{1,2}\d{7,8}$/, gap: 16 },
  {
    name: '军人证件号',
    called: /军官证|士官证|士兵证|军人证|军残证|退伍证|退役证|优待证|义务兵证|军属证|文职证/g,
    shape: /^[a-z]?\d{5,12}$/,
    gap: 8,
  },
  {
    name: '学号',
    called: /学号|学籍号?|学生证|准考证|考生号|校园卡|毕业证/g,
    shape: /^[a-z]{0,3}\d{6,20}$/,
    gap: 8,
  },
  {
    name: '病历号',
    called: /住院|病历|病案|门诊|就诊|诊疗|挂号|登记号|病号|床头卡|体检|检查号|影像号|化验/g,
    shape: /^[a-z]{0,4}\d{3,}(?:-\d{2,12}){0,2}$/,
    gap: 8,
  },
  {
    name: '社保号',
    called: /社保|医保|社会保障|参保|新农合|个人编号|养老保险|公积金/g,
    shape: /^[a-z]{0,2}\d{6,12}[a-z]?$/,
    gap: 8,
  },
  {
    name: '证件号',
    called:
      /残疾人?证|驾驶?证|驾照|低保证|[结离]婚证|出生证|出生医学证明|户口本?号|户号|工号|警号|居住证|工作证/g,
    shape: /^[a-z]{0,4}\d{5,20}$/,
    gap: 8,
  },
]

const value = /(?<![a-z\d])[a-z]{0,4} ?\d(?:[ -]?\d){2,21}[a-z]?(?![a-z\d])/g
/** 军字第0427316号, 晋军E019438. */
const ofSoldiers =
  /[军北南东西空海政兵沈兰济广成京士参后装火武联支战陆警]字第\d{5,9}号|(?<=[证号][是为:： ]{0,3}\p{Script=Han})军[a-z]\d{5,7}/gu

/** Numbers of passports, soldiers' papers, students, patients and insured, by the words that stand before them. */
export function* documents(text: string): Generator<FoundPiece> {
  for (const { 0: found, index } of text.matchAll(ofSoldiers)) {
    const start = found.includes('字第') ? index : index - 1
    yield { start, end: index + found.length, kind: 'document', why: '军人证件号' }
  }
  for (const { 0: found, index } of text.matchAll(value)) {
    const why = registerOf(text.slice(Math.max(0, index - 16), index), found)
    if (why) yield { start: index, end: index + found.length, kind: 'document', why }
  }
}

/** What may not stand between a register's name and its number: another number, or another thing. */
const other = /\d|尾号|后四位|末四位|电话|手机|微信|qq|金额|补贴|报销|缴|花|交了|涨|降/

function registerOf(before: string, found: string): string | null {
  const number = found.replaceAll(' ', '')
  let nearest = -1
  let why: string | null = null
  for (const { name, called, shape, gap } of registers) {
    if (!shape.test(number)) continue
    for (const { 0: word, index } of before.matchAll(called)) {
      const rest = before.slice(index + word.length)
      if (index <= nearest || rest.length > gap || other.test(rest) || !isNumberOf(rest, number)) continue
      nearest = index
      why = name
    }
  }
  return why
}

/** After words such as 住院 a number is its patient's only where it is long or said to be one. */
function isNumberOf(rest: string, number: string): boolean {
  const digits = number.replace(/\D/g, '').length
  return digits >= 7 || (digits >= 5 && (/[号码卡：:]|流水|编号/.test(rest) || /^[a-z]/.test(number)))
}
