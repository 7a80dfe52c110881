/** The analysis as rows of one table, for spreadsheets. */
import type { Distribution, SurveyAnalysis } from './analyse.ts'
import type { OptionCount } from './option-count.ts'

/** Header and rows of text; whoever writes them takes care of cells that a spreadsheet would run. */
export function analysisRows(analysis: SurveyAnalysis): string[][] {
  const rows: string[][] = [['part', 'question', 'group', 'answer', 'count', 'share']]
  const options = (part: string, question: string, group: string, list: readonly OptionCount[]) => {
    for (const { option, count, share } of list) rows.push([part, question, group, option, String(count), String(share)])
  }
  /** Of amounts by type, year or step, the group tells which. */
  const amounts = (part: string, question: string, group: string, list: Distribution['numbers']) => {
    for (const { of, ...summary } of list)
      for (const [name, value] of Object.entries(summary))
        rows.push([part, question, [group, of].filter(Boolean).join(' / '), name, String(value), ''])
  }
  for (const { country, responses } of analysis.countries) rows.push(['countries', '', country, '', String(responses), ''])
  for (const { region, responses } of analysis.regions) rows.push(['regions', '', region, '', String(responses), ''])
  for (const { body, responses } of analysis.bodies) rows.push(['bodies', '', body, '', String(responses), ''])
  for (const { question, answered, other, doNotKnow, noRule, skipped, options: list, numbers } of analysis.distributions) {
    for (const [state, count] of Object.entries({ answered, other, doNotKnow, noRule, skipped }))
      rows.push(['states', question, '', state, String(count), ''])
    options('answers', question, '', list)
    amounts('numbers', question, '', numbers)
  }
  for (const { question, by, rows: groups } of analysis.crossTabs)
    for (const { group, options: list, numbers } of groups) {
      options(`by ${by}`, question, group, list)
      amounts(`by ${by}`, question, group, numbers)
    }
  for (const { question, codes, ...numbers } of analysis.coded) {
    for (const [name, value] of Object.entries(numbers)) rows.push(['coding', question, '', name, String(value), ''])
    options('codes', question, '', codes)
  }
  return rows
}
