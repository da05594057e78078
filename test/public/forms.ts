import type { FastifyInstance } from 'fastify'
import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5'

/** What a browser would send of the page's form if nobody touched it. */
export function formFields(html: string): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const element of elementsOf(parseFragment(html))) {
    const { name, value = '', type, checked } = element.attributes
    const isSent =
      element.tag === 'input' && (!['radio', 'checkbox'].includes(type ?? '') || checked !== undefined)
    if (name && isSent) fields[name] = value
  }
  return fields
}

interface Element {
  tag: string
  attributes: Record<string, string>
}

type Node = DefaultTreeAdapterTypes.Node

function elementsOf(node: Node): Element[] {
  const own =
    'tagName' in node
      ? [
          {
            tag: node.tagName,
            attributes: Object.fromEntries(node.attrs.map(({ name, value }) => [name, value])),
          },
        ]
      : []
  return 'childNodes' in node ? [...own, ...node.childNodes.flatMap(elementsOf)] : own
}

/** The fields of a freshly opened form on a clause of the seed draft. */
export async function openForm(app: FastifyInstance, clause: string): Promise<Record<string, string>> {
  return formFields((await app.inject(`/consultations/shanxi-laoqu/clauses/${clause}/comments/new`)).body)
}

/** Posts fields as a browser's form does. */
export function sendForm(app: FastifyInstance, url: string, fields: Record<string, string>) {
  return app.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(fields).toString(),
  })
}
