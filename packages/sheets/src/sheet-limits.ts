/** Limits of a file of recipients (R-UP-1). */
export const sheetLimits = {
  bytes: 40 * 1024 * 1024,
  rows: 200_000,
  columns: 256,
  /** Characters in one cell. */
  cell: 20_000,
  /** Workbooks: what a spreadsheet of people needs, and no bomb. */
  workbook: {
    bytes: 10 * 1024 * 1024,
    unpacked: 100 * 1024 * 1024,
    ratio: 100,
    entries: 200,
    sheets: 20,
    rows: 20_000,
    seconds: 30,
    megabytes: 512,
  },
} as const
