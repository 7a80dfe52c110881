/** Lines of a slot that name something by its id: shown as a name with the id behind it, and read as the id alone. */

/** The line for an id; the id itself where its name is not known. */
export const lineOf = (id: string, names: Readonly<Record<string, string>>): string => {
  const name = names[id]
  return name === undefined ? id : `${name} [${id}]`
}

/** The id in a line, which stands in brackets at its end, and the name before it; a line without is an id as somebody typed it. */
export function readLine(line: string): { id: string; name?: string } {
  const [, name = '', id] = /^(.*)\[([^[\]\s]+)\]$/.exec(line.trim()) ?? []
  return id === undefined ? { id: line.trim() } : { id, ...(name.trim() ? { name: name.trim() } : {}) }
}
