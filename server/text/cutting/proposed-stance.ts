/** What asks for something else than the draft says. */
const asking = /建议|应当|应该|希望|改为|改成|修改|增加|补充|删去|删除|明确|写明|完善|细化/u
/** What asks for nothing else. */
const agreeing = /^(?:我|我们|本人)?(?:完全|十分|非常|坚决)?(?:赞成|同意|支持|拥护)/u

/**
 * The stance of a piece of a letter, of which its author chose one for all: who agrees and asks for a change asks for a
 * change.
 * @param chosen what the author ticked
 */
export function proposedStance(text: string, chosen: string): string {
  return chosen === 'support' && isDisagreeing(text) ? 'amend' : chosen
}

/** Whether ticked stance and words disagree: for whoever reads it, never to change it. */
export function isDisagreeing(text: string): boolean {
  return asking.test(text) && !agreeing.test(text.trim())
}

/** Whether a passage agrees with the draft: 赞成 is an opinion, and what holds it asks for something. */
export function isAgreeing(text: string): boolean {
  return text.split(/[。！？；\n]/u).some((sentence) => agreeing.test(sentence.trim()))
}
