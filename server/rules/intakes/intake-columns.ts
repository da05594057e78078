/** The columns of a table of offline comments, in the order of the template, with the names that each goes by. */
export const intakeColumns = {
  reference: ['来文文号', '文号'],
  channel: ['来源', '渠道'],
  receivedOn: ['收到日期', '收文日期', '日期'],
  onBehalf: ['代填'],
  clause: ['条款', '条款代码'],
  stance: ['意见类型', '类型'],
  body: ['意见内容', '意见'],
  quote: ['针对的文字', '引用'],
  proposal: ['修改方式'],
  wording: ['修改后的表述', '建议表述'],
  identity: ['身份'],
  name: ['姓名', '提出人'],
  organisation: ['单位名称', '单位'],
  contact: ['联系方式', '电话'],
  region: ['所在地区', '地区'],
  visibility: ['是否公开'],
} as const satisfies Record<string, readonly [string, ...string[]]>
export type IntakeColumn = keyof typeof intakeColumns

export const requiredColumns: readonly IntakeColumn[] = ['channel', 'receivedOn', 'clause', 'stance', 'body']

/** Which column stands where; and what is wrong with a header row, in sentences for whoever made the table. */
export interface HeaderRow {
  places: Map<IntakeColumn, number>
  problems: string[]
  /** Columns that are not read. */
  unknown: string[]
}

/** Reads a header row: names in any order, blanks and width of characters forgiven. */
export function readHeader(cells: readonly string[]): HeaderRow {
  const places = new Map<IntakeColumn, number>()
  const problems: string[] = []
  const unknown: string[] = []
  for (const [place, cell] of cells.entries()) {
    const name = plainName(cell)
    if (name === '') continue
    const column = columnNamed(name)
    if (!column) unknown.push(cell)
    else if (places.has(column)) problems.push(`“${cell}”这一列出现了两次，请只留一列`)
    else places.set(column, place)
  }
  const missing = requiredColumns.filter((column) => !places.has(column))
  if (missing.length > 0) {
    const names = missing.map((column) => `“${intakeColumns[column][0]}”`).join('、')
    problems.unshift(`第一行没有${names}，请用模板的列名`)
  }
  return { places, problems, unknown }
}

function columnNamed(name: string): IntakeColumn | null {
  const found = Object.entries(intakeColumns).find(([, names]) => names.some((one) => one === name))
  return (found?.[0] as IntakeColumn | undefined) ?? null
}

/** 意见内容（必填）, *意见内容 and 意见 内容 are the same column. */
function plainName(cell: string): string {
  return cell
    .normalize('NFKC')
    .replace(/\([^)]{0,60}\)/g, '')
    .replace(/[\s*:：]/g, '')
}
