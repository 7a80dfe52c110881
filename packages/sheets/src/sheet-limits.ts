/** Limits of a file of recipients (R-UP-1). */
export const sheetLimits = {
  bytes: 40 * 1024 * 1024,
  rows: 200_000,
  columns: 256,
  /** Characters in one cell. */
  cell: 20_000,
} as const
