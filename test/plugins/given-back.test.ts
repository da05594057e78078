import { expect, test } from 'vitest'
import { readFields } from '../../server/plugins/forms.ts'
import { givenBack } from '../../server/plugins/given-back.ts'

const of = (code: string, body: unknown) => givenBack(code, { body, url: '/office/x/notice' } as never)

test('what is given back is, sent again, what was sent', () => {
  const sent = readFields(
    'comments[0][body]=甲乙&comments[0][clause]=p3&comments[2][body]=a b&spans=1&spans=2&empty=&_csrf=x.y.z',
  )
  const back = of('too_many', sent)
  const fields = [...(back?.written ?? []), ...(back?.rest ?? [])]
  expect(readFields(new URLSearchParams(fields).toString())).toEqual({
    comments: [{ body: '甲乙', clause: 'p3' }, { body: 'a b' }],
    spans: ['1', '2'],
    _csrf: 'x.y.z',
  })
  expect(back).toMatchObject({ action: '/office/x/notice', hadFiles: false })
  expect(back?.written.map(([, value]) => value)).toEqual(['甲乙', 'a b'])
})

test('files are said to be lost; what has to be changed first comes back in one piece', () => {
  class File {}
  expect(of('busy', { attachments: [new File()] })).toMatchObject({ written: [], rest: [], hadFiles: true })
  const many = of('too_many_comments', { comments: [{ body: '甲 乙', clause: 'p3' }, { body: '丙' }] })
  expect(many).toMatchObject({ action: null, written: [['', '甲 乙\n\n丙']], rest: [] })
})

test('no other refusal gives anything back, nor one of what is no form', () => {
  expect(of('stale_form', { body: '甲' })).toBeNull()
  for (const body of [null, undefined, 'text', 3]) expect(of('busy', body)).toBeNull()
})
