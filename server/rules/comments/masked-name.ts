const compoundSurnames = [
  '欧阳',
  '太史',
  '端木',
  '上官',
  '司马',
  '东方',
  '独孤',
  '南宫',
  '夏侯',
  '诸葛',
  '尉迟',
  '皇甫',
  '公孙',
  '慕容',
  '宇文',
  '长孙',
  '司徒',
  '令狐',
  '澹台',
  '公冶',
  '濮阳',
  '呼延',
  '轩辕',
  '申屠',
]

/** A name as the public sees it without separate consent (PIPL art. 25): the surname and two stars, 朱**. */
export function maskedName(name: string): string {
  const surname = compoundSurnames.find((compound) => name.startsWith(compound)) ?? [...name][0] ?? ''
  return `${surname}**`
}
