import { canonical } from '../log/log-chain.ts'

interface PayloadComment {
  clause: string
  stance: string
  body: string
  proposal: string | null
  wording: string | null
  quote: unknown
}

interface PayloadFile {
  name: string
  type: string
  size: number
  sha256: string
}

interface Payload {
  consultationId: string
  round: number
  channel: string
  identity: string
  name: string | null
  showName: boolean
  organisation: string | null
  region: string | null
  contact: string | null
  visibility: string
  comments: readonly PayloadComment[]
  attachments: readonly PayloadFile[]
}

/** All that somebody sent, in one text: files are by what is in them, not by where they are kept. */
export function payloadText(payload: Payload): string {
  const { consultationId, round, channel, identity, name, showName, organisation, region } = payload
  const { contact, visibility, comments, attachments } = payload
  return canonical([
    [consultationId, round, channel, identity, name, showName, organisation, region, contact, visibility],
    comments.map(({ clause, stance, body, proposal, wording, quote }) => [
      clause,
      stance,
      body,
      proposal,
      wording,
      quote,
    ]),
    attachments.map(({ name, type, size, sha256 }) => [name, type, size, sha256]),
  ])
}
