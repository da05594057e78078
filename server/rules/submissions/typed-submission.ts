/** One comment as it was typed; every value is text, so that a refused form comes back as it was. */
export interface TypedComment {
  clause: string
  stance: string
  body: string
  proposal: string
  wording: string
  quote: string
}

/** A submission as it was typed. */
export interface TypedSubmission {
  comments: TypedComment[]
  identity: string
  name: string
  show_name: boolean
  organisation: string
  region: string
  contact: string
  visibility: string
}

/**
 * Reads what came, whatever it is: a value of the wrong type is taken as not given. Wholly empty parts are dropped; where
 * all are, the first stays, since a form that comes back needs a place to write in.
 */
export function readTyped(body: unknown): TypedSubmission {
  const form = isRecord(body) ? body : {}
  const read = listOf(form.comments).map(readComment)
  const filled = read.filter(isFilled)
  return {
    comments: filled.length > 0 ? filled : read.slice(0, 1),
    identity: textOf(form.identity) || 'individual',
    name: textOf(form.name).trim(),
    show_name: form.show_name === true || ['on', '1', 'true'].includes(textOf(form.show_name)),
    organisation: textOf(form.organisation).trim(),
    region: textOf(form.region),
    contact: textOf(form.contact).trim(),
    visibility: textOf(form.visibility) || 'public',
  }
}

/** Reads one comment, whatever it is. */
export function readComment(value: unknown): TypedComment {
  const part = isRecord(value) ? value : {}
  const quote = isRecord(part.quote) ? part.quote.exact : part.quote
  return {
    clause: textOf(part.clause),
    stance: textOf(part.stance),
    body: textOf(part.body),
    proposal: textOf(part.proposal) || (textOf(part.wording).trim() ? 'amend' : ''),
    wording: textOf(part.wording),
    quote: textOf(quote),
  }
}

/** A folded part that nobody opened carries its clause alone. */
function isFilled({ stance, body, proposal, wording }: TypedComment): boolean {
  return [stance, body, proposal, wording].some((value) => value !== '')
}

function listOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value
  return isRecord(value) ? Object.values(value) : []
}

/** Browsers send line ends as CRLF; they are one character to whoever counts. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value.replaceAll('\r\n', '\n') : ''
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A comment on a clause before anything has been typed. */
export function emptyComment(clause: string): TypedComment {
  return { clause, stance: '', body: '', proposal: '', wording: '', quote: '' }
}

/** The fields of a form that `readTyped` reads as this submission; what is empty is left out. */
export function writeTyped({ comments, show_name, ...person }: TypedSubmission): [string, string][] {
  const fields = [
    ...comments.flatMap((comment, place) =>
      Object.entries(comment).map(([field, value]): [string, string] => [
        `comments[${place}][${field}]`,
        value,
      ]),
    ),
    ...Object.entries(person),
    ['show_name', show_name ? '1' : ''] as [string, string],
  ]
  return fields.filter(([, value]) => value !== '')
}
