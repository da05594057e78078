import type { Unit } from '../../text/outlining/outline.ts'
import { printable } from '../../text/words/printable.ts'
import { type AknElement, aknTree, identifiersOf } from './akn-tree.ts'

/** What the file says of the draft besides its text. */
export interface AknFacts {
  slug: string
  title: string
  organ: string
  round: number
  /** When the consultation opened and when this round was put out; days in Shanghai, YYYY-MM-DD. */
  openedOn: string
  issuedOn: string
}

/**
 * The draft in Akoma Ntoso 3.0 (OASIS LegalDocML, valid against its schema), identifiers by the Naming Convention 1.0.
 * A clause's lasting key stands in GUID.
 * @param first the units of the first round, whose identifiers a later round's clauses keep as wId; null in the first
 */
export function writeDraftAkn(facts: AknFacts, units: Unit[], first: Unit[] | null): string {
  const masters = first === null ? new Map<string, string>() : identifiersOf(aknTree(first))
  const doc = tag(
    'doc',
    { name: 'draft', contains: facts.round === 1 ? 'originalVersion' : 'singleVersion' },
    [
      meta(facts),
      tag('preface', {}, [
        tag('longTitle', {}, [tag('p', {}, [tag('docTitle', {}, [escaped(facts.title)])])]),
      ]),
      tag(
        'mainBody',
        {},
        aknTree(units).map((element) => hierarchy(element, masters)),
      ),
    ],
  )
  const root = tag('akomaNtoso', { xmlns: 'http://docs.oasis-open.org/legaldocml/ns/akn/3.0' }, [doc])
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`
}

/** Naming Convention, 4: /akn, country, kind, date, name; the language and version of the expression; the format. */
function meta({ slug, title, organ, round, openedOn, issuedOn }: AknFacts): string {
  const work = `/akn/cn/doc/draft/${openedOn}/${slug}`
  const expression = `${work}/zho@${round === 1 ? '' : issuedOn}`
  const levels: [string, string, string, string, string[]][] = [
    [
      'FRBRWork',
      work,
      '/!main',
      openedOn,
      [
        tag('FRBRcountry', { value: 'cn' }),
        tag('FRBRsubtype', { value: 'draft' }),
        tag('FRBRnumber', { value: slug }),
        tag('FRBRname', { value: title }),
      ],
    ],
    [
      'FRBRExpression',
      expression,
      '/!main',
      issuedOn,
      [
        tag('FRBRversionNumber', { value: String(round) }),
        round === 1 ? '' : tag('FRBRmasterExpression', { href: `${work}/zho@` }),
        tag('FRBRlanguage', { language: 'zho' }),
      ],
    ],
    [
      'FRBRManifestation',
      expression,
      '/!main.xml',
      issuedOn,
      [tag('FRBRformat', { value: 'application/akn+xml' })],
    ],
  ]
  return tag('meta', {}, [
    tag(
      'identification',
      { source: '#organ' },
      levels.map(([name, uri, component, date, more]) =>
        tag(name, {}, [
          tag('FRBRthis', { value: uri + component }),
          tag('FRBRuri', { value: name === 'FRBRManifestation' ? `${uri}.akn` : uri }),
          tag('FRBRdate', { date, name: 'publication' }),
          tag('FRBRauthor', { href: '#organ', as: '#author' }),
          ...more,
        ]),
      ),
    ),
    tag('references', { source: '#organ' }, [
      tag('TLCOrganization', {
        eId: 'organ',
        href: `/akn/ontology/organization/cn.${encodeURIComponent(organ)}`,
        showAs: organ,
      }),
      tag('TLCRole', { eId: 'author', href: '/akn/ontology/role/author', showAs: '起草单位' }),
    ]),
  ])
}

function hierarchy(element: AknElement, masters: ReadonlyMap<string, string>): string {
  const { name, kind, eId, key, num, heading, text, table, children } = element
  const master = key === null ? undefined : masters.get(key)
  const words = table ? [tableOf(table, eId)] : text === null ? [] : [tag('p', {}, [escaped(text)])]
  const body = children.map((child) => hierarchy(child, masters))
  return tag(name, { name: kind, eId, wId: master === eId ? null : (master ?? null), GUID: key }, [
    num === null ? '' : tag('num', {}, [escaped(num)]),
    heading === null ? '' : tag('heading', {}, [escaped(heading)]),
    words.length > 0 ? tag(body.length > 0 ? 'intro' : 'content', {}, words) : '',
    ...body,
  ])
}

function tableOf(rows: string[][], prefix: string): string {
  const cell = (text: string) =>
    tag(
      'td',
      {},
      text.split('\n').map((line) => tag('p', {}, [escaped(line)])),
    )
  return tag(
    'table',
    { eId: `${prefix}__table_1` },
    rows.map((row) => tag('tr', {}, row.map(cell))),
  )
}

/** An element; attributes that are null and children that are empty are left out. */
function tag(name: string, attributes: Record<string, string | null>, children: string[] = []): string {
  const written = Object.entries(attributes).map(([key, value]) =>
    value === null ? '' : ` ${key}="${escaped(value)}"`,
  )
  const inside = children.filter((child) => child !== '')
  const gap = inside.length > 0 && inside.every((child) => child.startsWith('<')) ? '\n' : ''
  const start = `<${name}${written.join('')}`
  return inside.length === 0 ? `${start}/>` : `${start}>${gap}${inside.join(gap)}${gap}</${name}>`
}

function escaped(text: string): string {
  return printable(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
