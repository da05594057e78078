import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { validateXML } from 'xmllint-wasm'
import { type AknFacts, writeDraftAkn } from '../../../server/documents/drafts/draft-akn.ts'
import { arrange } from '../../../server/text/outlining/arrange.ts'
import { withoutBlanks } from '../../../server/text/outlining/blanks.ts'
import { type Draft, readDraft } from '../../../server/text/outlining/outline.ts'
import { policies, statutes } from '../../text/outlining/trees.ts'

const fixtures = join(import.meta.dirname, '../../fixtures')
const schema = readFileSync(join(fixtures, 'akn/akomantoso30.xsd'), 'utf8')
const imported = { fileName: 'xml.xsd', contents: readFileSync(join(fixtures, 'akn/xml.xsd'), 'utf8') }

async function problemsOf(documents: string[]): Promise<string[]> {
  const xml = documents.map((contents, index) => ({ fileName: `draft-${index}.xml`, contents }))
  const { errors } = await validateXML({ xml, schema, preload: [imported], maxMemoryPages: 4096 })
  return errors.map(({ message }) => message)
}

const factsOf = ({ title }: Draft): AknFacts => ({
  slug: 'shanxi-laoqu',
  title,
  organ: '山西省发展和改革委员会',
  round: 1,
  openedOn: '2026-11-23',
  issuedOn: '2026-11-23',
})
const write = (draft: Draft) => writeDraftAkn(factsOf(draft), draft.units, null)
const folder = join(fixtures, 'drafts')
const drafts = readdirSync(folder)
  .filter((name) => name.endsWith('.txt'))
  .map((name) => readDraft(readFileSync(join(folder, name), 'utf8')))

test('every fixture is valid against the schema of Akoma Ntoso 3.0', async () => {
  expect(await problemsOf(drafts.map(write))).toEqual([])
}, 60_000)

test('the validator would say so if one were not', async () => {
  const draft = drafts[0] as Draft
  expect((await problemsOf([write(draft).replace('<mainBody>', '<mainBody><nonsense/>')]))[0]).toMatch(
    /nonsense/,
  )
})

test('titles, numbers and texts are all there, in order', () => {
  const texts = (xml: string) =>
    xml
      .replace(/<meta>[\s\S]*<\/meta>/, '')
      .replace(/<[^>]*>/g, '')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&amp;', '&')
  for (const draft of drafts) {
    const expected = draft.title + draft.units.map(({ label, text }) => (label ?? '') + text).join('')
    expect(withoutBlanks(texts(write(draft)))).toBe(withoutBlanks(expected))
  }
})

describe('identifiers follow the naming convention', () => {
  const identifiers = (draft: Draft, first: Draft | null = null) =>
    Array.from(
      writeDraftAkn({ ...factsOf(draft), round: first ? 2 : 1 }, draft.units, first?.units ?? null).matchAll(
        /<\w+(?: name="\w+")? eId="([^"]+)"(?: wId="([^"]+)")? GUID="([^"]+)"/g,
      ),
      ([, eId, wId, key]) => `${key} ${eId}${wId ? ` ${wId}` : ''}`,
    )

  test('in a statute: articles through the document, 款, 项 and 目 under them', () => {
    const draft = readDraft(
      '甲条例\n第一章　总则\n第一条　甲：\n（一）乙；\n（二）丙。\n第二章　分则\n第二条　丁。\n戊：\n（一）己：\n1.庚。\n第二条之一　辛。\n附件1：表\n第一条　壬。',
    )
    expect(identifiers(draft)).toEqual([
      'p1 chp_1__art_1',
      'p2 chp_1__art_1__subpara_1',
      'p3 chp_1__art_1__subpara_2',
      'p4 art_2__para_1',
      'p5 art_2__para_2',
      'p6 art_2__para_2__subpara_1',
      'p7 art_2__para_2__subpara_1__point_1',
      'p8 art_2-1',
      'p9 annex_1__art_1',
    ])
  })

  test('in a policy document; a number that stands twice is told apart', () => {
    const draft = readDraft(
      '甲意见\n引言。\n一、甲\n乙。\n（一）丙。\n1.丁。\n（一）戊。\n二、己\n（二）庚。',
    )
    expect(identifiers(draft)).toEqual([
      'p1 para_1',
      'p2 dvs_1__para_1',
      'p3 dvs_1__subdvs_1',
      'p4 dvs_1__subdvs_1__cl_1',
      'p5 dvs_1__subdvs_1-2',
      'p6 dvs_2__subdvs_2',
    ])
  })

  test('a clause renumbered in a later round keeps the first identifier as wId', async () => {
    const first = readDraft('甲办法\n第一条　甲。\n第二条　乙。')
    const second = readDraft('甲办法\n第一条　新。\n第二条　甲。\n第三条　乙。')
    const keys = ['r2p1', 'p1', 'p2']
    const units = second.units.map((unit, index) => ({ ...unit, key: keys[index] ?? null }))
    expect(identifiers({ ...second, units }, first)).toEqual([
      'r2p1 art_1',
      'p1 art_2 art_1',
      'p2 art_3 art_2',
    ])
  })

  test('they are unique, and random drafts are valid', async () => {
    const documents: string[] = []
    fc.assert(
      fc.property(fc.oneof(policies, statutes), (plan) => {
        const units = arrange(plan)
        const ids = identifiers({ title: '甲', units, artefacts: [] })
        expect(new Set(ids).size).toBe(units.filter(({ key }) => key).length)
        documents.push(writeDraftAkn(factsOf({ title: '甲', units, artefacts: [] }), units, null))
      }),
      { numRuns: 30 },
    )
    expect(await problemsOf(documents)).toEqual([])
  }, 60_000)
})
