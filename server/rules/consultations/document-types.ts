/** How long a draft must be out for comment at least. */
export type MinimumPeriod = { days: number } | { workingDays: number }

/**
 * The kinds of document and the shortest period each may be open for.
 * 重大行政决策程序暂行条例 (国务院令第713号) art. 15; 规章制定程序条例 arts. 15, 21;
 * 优化营商环境条例 art. 62 for documents that closely concern businesses.
 */
export const documentTypes = {
  major_decision: { name: '重大行政决策', minimum: { days: 30 } },
  regulation: { name: '规章', minimum: { days: 30 } },
  normative_document: { name: '规范性文件', minimum: { workingDays: 7 } },
  business_normative_document: { name: '规范性文件（与企业生产经营密切相关）', minimum: { days: 30 } },
} as const satisfies Record<string, { name: string; minimum: MinimumPeriod }>

type DocumentType = keyof typeof documentTypes

export function isDocumentType(value: string): value is DocumentType {
  return Object.hasOwn(documentTypes, value)
}
