import { isUnstorable } from '../typed.ts'

/** What an office keeps its papers in. */
const endings = ['pdf', 'ofd', 'doc', 'docx', 'wps', 'xls', 'xlsx', 'et', 'jpg', 'jpeg', 'png', 'txt', 'zip']

export const largestProcedureFile = 20 * 1024 * 1024
const longestName = 100

/**
 * The name under which a file stands in 程序台账 and in a folder on any system: its own without path, controls, and what
 * Windows forbids.
 */
export function fileNameOf(sent: string): string {
  const name = sent.split(/[\\/]/).at(-1) ?? ''
  const safe = name.replace(/[\p{Cc}\p{Surrogate}<>:"|?*]/gu, '_').replace(/^[\s.]+|(?<![\s.])[\s.]+$/g, '')
  const ending = endingOf(safe)
  const stem = [...safe.slice(0, safe.length - ending.length - 1)].slice(0, longestName).join('')
  return ending ? `${stem || '未命名'}.${ending}` : safe
}

/** What keeps a file from being taken, for whoever sent it; null where nothing does. @param content null: it is too large */
export function procedureFileProblem(file: { name: string; content: Buffer | null } | null): string | null {
  if (!file) return '请选择文件'
  if (file.content === null) return '文件超过 20 MB，请压缩或拆分后再上传'
  if (file.content.length === 0) return '文件是空的，请检查后重新选择'
  if (isUnstorable(file.name)) return '文件名里有无法保存的字符，请改名后再上传'
  if (!endings.includes(endingOf(file.name))) return `请上传这些格式的文件：${endings.join('、')}`
  return null
}

function endingOf(name: string): string {
  return /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? ''
}
