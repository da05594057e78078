import { describe, expect, test } from 'vitest'
import { isSigned, newSigningSecret, signingKey } from '../../../server/rules/transparency/signatures.ts'
import { headStatement, leafStatement } from '../../../server/rules/transparency/statements.ts'

const leaf = { consultation: 'laoqu', blind: 'b1', receivedOn: '2026-11-23', digest: 'd1' }
const head = {
  consultation: 'laoqu',
  size: 6,
  root: 'r1',
  at: new Date('2026-12-23T16:01:00Z'),
  figures: {
    late: 1,
    received: 9,
    states: { published: 7, withheld: 0, refused: 1, pending: 1, withdrawn: 0 },
  },
  log: 'l1',
}

describe('what is hashed and signed', () => {
  test('of a leaf names how it is made, and no more of the time than the day', () => {
    expect(leafStatement(leaf)).toBe(
      'portal leaf\nalgorithm: rfc9162-sha256-ed25519\nconsultation: laoqu\nblind: b1\nreceived_on: 2026-11-23\ndigest: d1\n',
    )
  })

  test('of a head has the figures', () => {
    expect(headStatement(head)).toBe(
      'portal head\nalgorithm: rfc9162-sha256-ed25519\nconsultation: laoqu\nsize: 6\nroot: r1\nat: 2026-12-23T16:01:00.000Z\nlate: 1\nreceived: 9\npublished: 7\nwithheld: 0\nrefused: 1\npending: 1\nwithdrawn: 0\nlog: l1\n',
    )
  })

  test('of a head is the same, in whatever order a database gives the states', () => {
    const states = { withdrawn: 0, pending: 1, refused: 1, withheld: 0, published: 7 }
    expect(headStatement({ ...head, figures: { ...head.figures, states } })).toBe(headStatement(head))
  })

  test('of a head over fewer than five submissions has none, since each sender could tell the others’', () => {
    expect(headStatement({ ...head, size: 4 })).not.toContain('received')
    expect(headStatement({ ...head, size: 5 })).toContain('received: 9')
    expect(headStatement({ ...head, size: 0 })).toContain('received: 9')
  })
})

describe('a signature', () => {
  const key = signingKey(newSigningSecret())

  test('is the same whenever it is made, so that nothing need be stored for a receipt', async () => {
    expect(await key.sign(leafStatement(leaf))).toBe(await key.sign(leafStatement({ ...leaf })))
  })

  test('holds for its statement under its key, and for nothing else', async () => {
    const statement = leafStatement(leaf)
    const signature = await key.sign(statement)
    expect(isSigned(statement, signature, key.publicKey)).toBe(true)
    expect(isSigned(`${statement} `, signature, key.publicKey)).toBe(false)
    expect(isSigned(statement, signature, signingKey(newSigningSecret()).publicKey)).toBe(false)
    expect(isSigned(statement, signature, 'no key')).toBe(false)
    expect(isSigned(statement, '', key.publicKey)).toBe(false)
  })

  test('of a known secret is that of RFC 8032, 7.1', async () => {
    const seed = '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60'
    const der = Buffer.from(`302e020100300506032b657004220420${seed}`, 'hex').toString('base64')
    const known = signingKey(`-----BEGIN PRIVATE KEY-----\n${der}\n-----END PRIVATE KEY-----\n`)
    expect(known.publicKey).toBe('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a')
    expect(Buffer.from(await known.sign(''), 'base64').toString('hex')).toBe(
      'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
    )
  })
})
