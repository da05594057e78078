const saveAsDocx = '请用 Word 或 WPS 打开后另存为 .docx 再上传。'

const picture = '这是图片（扫描件），里面没有文字，请上传 .docx 原稿，或者先把文字录入后上传。'
const packed = '这是压缩包，请解压后上传其中的 .docx 文件。'
const program = '这是程序，不是文稿，请上传 .docx、.txt、.md 或 .html 文件。'

/** Files that hold no draft that could be read reliably, told by their first bytes in hexadecimal. */
const kinds: [RegExp, string][] = [
  [
    /^(?:..)*255044462d/,
    'PDF 里没有段落和序号，不能可靠地读成条款，请上传排版前的 .docx 原稿；只有扫描件的，请先录成文字。',
  ],
  [/^d0cf11e0/, `这是旧格式的 .doc、.wps 文件或者加了密码的文件，${saveAsDocx}`],
  [/^7b5c727466/, `这是 RTF 文件，${saveAsDocx}`],
  [/^4d494d452d56657273696f6e|^3c3f6d736f2d6170/, `这是网页格式的 Word 文件，${saveAsDocx}`],
  [/^(?:89504e47|ffd8ff|47494638|49492a00|4d4d002a|424d.{8}00000000|52494646.{8}57454250)/, picture],
  [/^(?:52617221|377abcaf|1f8b|425a68)/, packed],
  [/^(?:4d5a.{4,}00|7f454c46)/, program],
]

/** Zip files that are no Word document, told by a name inside. */
const archives: [RegExp, string][] = [
  [/^xl\//, `这是 Excel 表格，请把征求意见稿复制到 Word 或 WPS 文字里，另存为 .docx 再上传。`],
  [/^ppt\//, '这是演示文稿，请把征求意见稿复制到 Word 或 WPS 文字里，另存为 .docx 再上传。'],
  [/^OFD\.xml$/i, '这是 OFD 版式文件，不能可靠地读成条款，请上传排版前的 .docx 原稿。'],
  [/^content\.xml$/, `这是 OpenDocument 文件，${saveAsDocx}`],
  [/^Index\/.*\.iwa$|^word\//, `这个文件不是标准的 .docx，${saveAsDocx}`],
]

/** What to do instead of uploading a file with these first bytes; null where it may be read. */
export function refusalOf(bytes: Buffer): string | null {
  const head = bytes.toString('hex', 0, 512)
  return kinds.find(([begins]) => begins.test(head))?.[1] ?? null
}

/** What to do instead of uploading a zip file that holds these names and no Word document. */
export function archiveRefusal(names: string[]): string {
  const found = archives.find(([pattern]) => names.some((name) => pattern.test(name)))
  return found?.[1] ?? packed
}
