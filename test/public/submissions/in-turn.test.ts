import { setImmediate as immediately } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { inTurn } from '../../../server/public/submissions/in-turn.ts'

test('what takes long is made one after the other, and others are answered in between', async () => {
  const order: string[] = []
  const long = (name: string) => inTurn(async () => order.push(name))
  const all = [long('a'), long('b'), long('c')]
  const read = immediately().then(() => order.push('a page'))
  await Promise.all([...all, read])
  expect(order.filter((name) => name !== 'a page')).toEqual(['a', 'b', 'c'])
  expect(order.at(-1)).toBe('c')
})

test('what fails keeps nobody else from their turn', async () => {
  const failing = inTurn(async () => {
    throw new Error('no page')
  })
  const next = inTurn(async () => 'a page')
  await expect(failing).rejects.toThrow('no page')
  expect(await next).toBe('a page')
})
