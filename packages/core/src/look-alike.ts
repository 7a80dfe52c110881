/** Names that look the same to a person (in the way of UTS #39, over the scripts of Europe): for those who decide whom a registry names. */

/** Letters of other scripts by the Latin letter that they look like; each pair of texts goes together, letter by letter. */
const pairs = [
  ['АВЕЅЗІЈКМНОРСТУХҮԌԜаеѕіјкорсухһԁԛԝӏ', 'ABES3IJKMHOPCTYXYGWaesijkopcyxhdqwl'],
  ['ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαικνορυωγ', 'ABEZHIKMNOPTYXaikvopuwy'],
  ['ıŁłØøĐđÐðÞþŧħ', 'iLlOoDdDdPpth'],
] as const
const latin = new Map(pairs.flatMap(([others, letters]) => [...others].map((each, at) => [each, letters[at]!] as const)))

/** What a name looks like at a glance: two names that give the same are mistaken for one another. */
export function glanceOf(name: string): string {
  return [...name.normalize('NFKD')]
    .map((each) => latin.get(each) ?? each)
    .join('')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w')
    .replace(/[1l|]/g, 'i')
    .replaceAll('0', 'o')
}
