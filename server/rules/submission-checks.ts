import { identityNames, proposalNames, stanceNames, visibilityNames, wholeDraft } from './names.ts'
import { type FieldError, isUnstorable } from './typed.ts'
import type { TypedComment, TypedSubmission } from './typed-submission.ts'

export interface FormRules {
  /** The texts of the clauses that comments may stand on, besides `draft`, by their keys. */
  clauses: ReadonlyMap<string, string>
  regions: ReadonlySet<string>
  required: ReadonlySet<string>
}

export const limits = {
  comments: 60,
  body: { least: 5, most: 5000 },
  wording: 5000,
  name: 50,
  organisation: 100,
  contact: 100,
}

/** A form's bytes at most: every character of every comment written as three percent-encoded bytes, and the rest. */
export const formBytes = limits.comments * (limits.body.most + limits.wording) * 9 + 512 * 1024

const personTexts = { name: '姓名', organisation: '单位名称', contact: '联系方式' } as const
const organisations = ['enterprise', 'association', 'agency']

/** Everything that keeps a typed submission from being sent, in the order of the form. */
export function checkTyped(typed: TypedSubmission, rules: FormRules): FieldError[] {
  const { comments } = typed
  if (comments.length === 0) return [{ field: 'comments[0][body]', message: '请填写意见内容' }]
  if (comments.length > limits.comments) {
    return [{ field: 'comments[0][body]', message: `一次最多提交 ${limits.comments} 条意见，请分次提交` }]
  }
  const wrong = comments.flatMap((comment, i) => checkComment(comment, `comments[${i}]`, rules.clauses))
  return [...wrong, ...checkPerson(typed, rules)]
}

/** What is wrong with one comment. @param place what its fields' names begin with: `comments[0]` */
export function checkComment(
  comment: TypedComment,
  place: string,
  clauses: ReadonlyMap<string, string>,
): FieldError[] {
  const errors: FieldError[] = []
  const wrong = (name: keyof TypedComment, message: string) =>
    errors.push({ field: `${place}[${name}]`, message })
  const length = countCharacters(comment.body.trim())

  if (comment.clause !== wholeDraft && !clauses.has(comment.clause))
    wrong('clause', '没有这一条，请从草案页面重新选择条款')
  if (!Object.hasOwn(stanceNames, comment.stance)) wrong('stance', '请选择意见类型')
  if (isUnstorable(comment.body)) wrong('body', unstorable('意见内容'))
  else if (length === 0) wrong('body', '请填写意见内容')
  else if (length < limits.body.least) wrong('body', `意见内容至少 ${limits.body.least} 个字`)
  else if (length > limits.body.most) {
    wrong('body', `意见内容最多 ${limits.body.most} 个字，现在是 ${length} 个字，请删减或分成两条`)
  }
  if (comment.proposal && !Object.hasOwn(proposalNames, comment.proposal))
    wrong('proposal', '请重新选择修改方式')
  else if (['amend', 'insert_after'].includes(comment.proposal) && !comment.wording.trim()) {
    wrong('wording', '请写出修改后的表述，或者不选修改方式')
  }
  if (isUnstorable(comment.wording)) wrong('wording', unstorable('修改后的表述'))
  else if (countCharacters(comment.wording) > limits.wording)
    wrong('wording', `修改后的表述最多 ${limits.wording} 个字`)
  const quote = comment.quote.trim()
  if (quote && !clauses.get(comment.clause)?.includes(quote)) {
    wrong('quote', '引用的句子不在这一条里，请重新选择')
  }
  return errors
}

function checkPerson(typed: TypedSubmission, { regions, required }: FormRules): FieldError[] {
  const errors: FieldError[] = []
  const wrong = (field: keyof TypedSubmission, message: string) => errors.push({ field, message })

  if (!Object.hasOwn(identityNames, typed.identity)) wrong('identity', '请选择身份')
  for (const [field, name] of Object.entries(personTexts) as [keyof typeof personTexts, string][]) {
    const value = typed[field]
    const must = required.has(field) || (field === 'organisation' && organisations.includes(typed.identity))
    if (must && !value) wrong(field, `请填写${name}`)
    else if (isUnstorable(value)) wrong(field, unstorable(name))
    else if (countCharacters(value) > limits[field]) wrong(field, `${name}最多 ${limits[field]} 个字`)
  }
  if (typed.region && !regions.has(typed.region)) wrong('region', '请从列表中选择所在地区')
  else if (required.has('region') && !typed.region) wrong('region', '请选择所在地区')
  if (!Object.hasOwn(visibilityNames, typed.visibility)) wrong('visibility', '请选择意见是否公开')
  return errors
}

const unstorable = (name: string) => `${name}里有无法保存的字符（可能来自复制粘贴），请删去后重新输入`

function countCharacters(text: string): number {
  return [...text].length
}
