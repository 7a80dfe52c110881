/** How long what is held stays young enough for a slot. */
import { addMonths } from '../time.ts'

/** The last day on which what was issued on `issueDate` is young enough for a slot that asks for an age of so many years. */
export const currentUntil = (issueDate: string, currencyYears: number): string => addMonths(issueDate, Math.round(currencyYears * 12))
