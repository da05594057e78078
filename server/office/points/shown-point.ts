import type { ListedPoint } from '../../../db/queries/points/listed-points.ts'
import { outcomeNames, responseStateNames } from '../../rules/answers/responses.ts'
import { nameOf, stanceNames, stateNames } from '../../rules/names.ts'

/** A point as views/office/points/_point.eta shows it. */
export interface ShownPoint {
  id: string | null
  publicId: string
  text: string
  stance: string
  stanceName: string
  stateName: string
  clauseName: string
  /** 提出人所选条款, where that is another. */
  chosenClause: string | null
  /** Its letter, with all its points. */
  letter: string
  concern: { sentence: string; href: string } | null
  isWaiting: boolean
  isObjected: boolean
  response: { outcomeName: string; stateName: string; href: string } | null
}

export function shownPoint(
  slug: string,
  point: ListedPoint,
  places: ReadonlyMap<string, { name: string }>,
): ShownPoint {
  const { id, publicId, text, stance, concern, isWaiting, isObjected, response } = point
  const nameIn = (key: string) => places.get(key)?.name ?? key
  return {
    ...{ id, publicId, text, stance, isWaiting, isObjected },
    stanceName: nameOf(stanceNames, stance),
    stateName: nameOf(stateNames, point.state),
    clauseName: nameIn(point.clause),
    chosenClause: point.commentClause === point.clause ? null : nameIn(point.commentClause),
    letter: `/office/${slug}/splits/${publicId}${id ? `#p-${id}` : ''}`,
    concern: concern && { sentence: concern.sentence, href: `/office/${slug}/concerns/${concern.id}` },
    response: response && {
      outcomeName: nameOf(outcomeNames, response.outcome),
      stateName: nameOf(responseStateNames, response.state),
      href: `/office/${slug}/responses/${response.id}`,
    },
  }
}
