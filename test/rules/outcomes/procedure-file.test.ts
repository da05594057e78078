import { expect, test } from 'vitest'
import { fileNameOf, procedureFileProblem } from '../../../server/rules/outcomes/procedure-file.ts'

test.each([
  ['意见书.pdf', '意见书.pdf'],
  ['C:\\资料\\意见:书?.docx', '意见_书_.docx'],
  ['../../etc/依据.txt', '依据.txt'],
  ['.pdf', 'pdf'],
  [`${'长'.repeat(300)}.pdf`, `${'长'.repeat(100)}.pdf`],
])('%j stands as %j in a folder on any system', (sent, kept) => expect(fileNameOf(sent)).toBe(kept))

test.each([
  [null, '请选择文件'],
  [{ name: 'a.pdf', content: null }, '超过 20 MB'],
  [{ name: 'a.pdf', content: Buffer.alloc(0) }, '文件是空的'],
  [{ name: 'a\0.pdf', content: Buffer.alloc(1) }, '无法保存的字符'],
  [{ name: 'a.html', content: Buffer.alloc(1) }, '请上传这些格式'],
])('%j is not taken', (file, said) => expect(procedureFileProblem(file)).toContain(said))

test('what an office writes is taken', () =>
  expect(procedureFileProblem({ name: '批复.OFD', content: Buffer.alloc(1) })).toBeNull())
