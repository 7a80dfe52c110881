/** Which of the languages of a survey a reader gets. */

/** The tags of an `Accept-Language` header, most wished first. */
export function wishedLanguages(header: string | null): string[] {
  return (header ?? '')
    .split(',')
    .map((each) => {
      const [tag = '', weight] = each.split(';')
      return { tag: tag.trim(), weight: weight ? Number(weight.replace(/^\s*q=/, '')) || 0 : 1 }
    })
    .filter(({ tag, weight }) => /^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$/.test(tag) && weight > 0)
    .sort((one, other) => other.weight - one.weight)
    .map(({ tag }) => tag)
}

/** The first wished language that is offered, exactly or without its region and script; else the first that is offered. */
export function pickLanguage(offered: readonly string[], wished: readonly string[]): string {
  for (const tag of wished)
    for (let parts = tag.split('-'); parts.length > 0; parts = parts.slice(0, -1)) {
      const found = offered.find((each) => each.toLowerCase() === parts.join('-').toLowerCase())
      if (found) return found
    }
  return offered[0] ?? 'en'
}
