import { expect, test } from 'vitest'
import { rateIn } from './wrk.ts'

const said = `Running 4s test @ http://127.0.0.1:1/
  Latency     1.11ms  132.00us   2.22ms
  Socket errors: connect 1, read 2, write 0, timeout 3
  Non-2xx or 3xx responses: 7
Requests/sec:  44321.55
Transfer/sec:      1.00MB
`

test('what was refused and what got no answer is told beside the rate', () => {
  expect(rateIn(said)).toEqual({ rate: 44321.55, refused: 13 })
  expect(rateIn('Requests/sec:   12.00\n')).toEqual({ rate: 12, refused: 0 })
})

test('a run that measured nothing is no rate', () => {
  expect(() => rateIn('unable to connect to 127.0.0.1:1 Connection refused\n')).toThrow(
    'wrk measured nothing',
  )
  expect(() => rateIn('Requests/sec:      0.00\n')).toThrow('wrk measured nothing')
})
