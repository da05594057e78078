/** What a consultation may offer besides comments, as the office is asked about it. */
export const offerNames = {
  endorsements: '附议：他人可以附议公开的意见，人次单独统计，标明未核实（审核一条、公开一条时才用得上）',
  attachments: '单位可以随意见附文件（pdf、docx、png、jpg，每个不超过 10 MB，最多三个）',
} as const
export type Offer = keyof typeof offerNames

/** Whether a consultation offers this; nothing is offered that was not ticked. */
export function isOffered({ offers }: { offers: readonly Offer[] | null }, offer: Offer): boolean {
  return offers?.includes(offer) ?? false
}
