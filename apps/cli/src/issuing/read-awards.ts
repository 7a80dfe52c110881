/** From a file of recipients to awards, or to everything that is wrong with it. */
import { type AwardGiven, type Edition, fillReference, lintAward, type Problem } from '@cairn/core'
import { fontsCover } from '@cairn/documents'
import { editionFor } from '@cairn/issuing'
import { checkRows, type Field, guessColumns, lettersIn, lettersUnset, readTable } from '@cairn/sheets'

/** An award and the row it stands in. */
export interface RowAward {
  n: number
  given: AwardGiven
}

/** What was found in the file; awards count only when there is no problem. `columns` says in words which column was taken for what. */
export interface AwardsRead {
  awards: RowAward[]
  problems: Problem[]
  warnings: Problem[]
  columns: string[]
}

/** What the rules of Annex I say of one award beyond what its cells say. */
async function blocking({ n, given }: RowAward, edition: Edition, on: string): Promise<Problem[]> {
  const { specification, institution } = await editionFor(edition, given)
  return lintAward(given, { specification, institution, on })
    .filter((finding) => finding.severity === 'B')
    .map(({ problem }) => ({ ...problem, pointer: `/rows/${n}${problem.pointer ?? ''}` }))
}

/** What is known before the file is read. */
export interface AwardsGiven {
  bytes: Uint8Array
  fileName: string
  edition: Edition
  today: string
  awardDate: string | undefined
  columns: readonly (Field | null)[] | undefined
  firstNumber: number
  /** Whether sheets are made of them: then letters that no font has are warned of. */
  onSheets: boolean
}

/** Reads and checks all rows. Raises `sheet.*` when the file is no table. */
export async function readAwards(asked: AwardsGiven): Promise<AwardsRead> {
  const { bytes, fileName, edition, today, awardDate, columns, firstNumber, onSheets } = asked
  const { specification, institution } = edition
  const sheet = await readTable(bytes, { fileName })
  const mapping = columns ? sheet.header.map((_, column) => columns[column] ?? null) : guessColumns(sheet.header, sheet.rows, specification)
  const checked = checkRows({
    rows: sheet.rows,
    mapping,
    specification,
    today,
    country: institution.country,
    ...(awardDate ? { awardDate } : {}),
  })
  const letters = onSheets ? lettersIn(checked.rows.flatMap(({ given }) => given ?? [])) : []
  const unset = new Set(letters.filter((letter) => !fontsCover(letter)))
  const isWholeName = mapping.includes('fullName')
  const pattern = specification.referenceNumbers?.pattern
  let number = firstNumber
  const awards = checked.rows.flatMap(({ n, given }) => {
    if (!given) return []
    if (given.referenceNumber || !pattern) return [{ n, given }]
    const referenceNumber = fillReference(pattern, { year: Number(given.awardDate.slice(0, 4)), number: number++ })
    return [{ n, given: { ...given, referenceNumber } }]
  })
  return {
    awards,
    problems: [
      ...checked.problems,
      ...checked.rows.flatMap((row) => row.problems),
      ...(await Promise.all(awards.map((award) => blocking(award, edition, today)))).flat(),
    ],
    warnings: checked.rows.flatMap((row) => [...row.warnings, ...lettersUnset(row, unset, isWholeName)]),
    columns: [
      sheet.separator ? `${sheet.encoding}, ${{ ',': 'comma', ';': 'semicolon', '\t': 'tab' }[sheet.separator]}` : sheet.encoding,
      ...sheet.header.map((heading, column) => `${heading || `column ${column + 1}`} = ${mapping[column] ?? 'left out'}`),
    ],
  }
}
