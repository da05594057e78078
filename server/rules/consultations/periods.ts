import { addDays, type Day, daysBetween } from '../days.ts'
import { documentTypes, isDocumentType, type MinimumPeriod } from './document-types.ts'
import { addWorkingDays, type CalendarOverrides, workingDaysBetween } from './working-days.ts'

/** The shortest period for a stored document type; one that is not known any more counts as the strictest, 30 days. */
function minimumPeriod(documentType: string): MinimumPeriod {
  return documentTypes[isDocumentType(documentType) ? documentType : 'major_decision'].minimum
}

/**
 * The earliest day on which comments may close if they open on `opensOn`.
 * The opening day is not counted and the closing day is (民法典 art. 201): 30 days from 11-23 end on 12-23.
 */
export function earliestClosing(opensOn: Day, documentType: string, calendar: CalendarOverrides): Day {
  const minimum = minimumPeriod(documentType)
  return 'days' in minimum
    ? addDays(opensOn, minimum.days)
    : addWorkingDays(opensOn, minimum.workingDays, calendar)
}

/** Whether a period is shorter than its type's minimum, so that the notice must say why (国务院令第713号 art. 15). */
export function isShortened(
  opensOn: Day,
  closesOn: Day,
  documentType: string,
  calendar: CalendarOverrides,
): boolean {
  return closesOn < earliestClosing(opensOn, documentType, calendar)
}

/** `30日`, `7个工作日` */
export function minimumInWords(documentType: string): string {
  const minimum = minimumPeriod(documentType)
  return 'days' in minimum ? `${minimum.days}日` : `${minimum.workingDays}个工作日`
}

/** How long a period is, in the unit in which its type counts: `30日`, `7个工作日`. */
export function periodInWords(
  opensOn: Day,
  closesOn: Day,
  documentType: string,
  calendar: CalendarOverrides,
): string {
  return 'days' in minimumPeriod(documentType)
    ? `${daysBetween(opensOn, closesOn)}日`
    : `${workingDaysBetween(opensOn, closesOn, calendar)}个工作日`
}

/** What a drafter may choose a document's type from, each with its shortest period. */
export const documentTypeChoices = Object.entries(documentTypes).map(
  ([type, { name }]): [type: string, name: string, hint: string] => [
    type,
    name,
    `不少于${minimumInWords(type)}`,
  ],
)
