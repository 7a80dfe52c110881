/** From pasted lines to bodies: a name, and where there is one its mail address, in whatever order and with whatever between them. */

/** A body as it was pasted. */
export interface PastedBody {
  name: string
  email?: string
}

/** Reads one body a line: `Sky Service, office@sky.example`, `Sky Service <office@sky.example>`, columns from a spreadsheet, or a name alone. */
export function readBodies(text: string): PastedBody[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const email = /[^\s<>"(),;:]+@[^\s<>"(),;:]+/.exec(line)?.[0]
    const rest = email ? line.replace(email, ' ') : line
    const name = rest
      .replace(/[\t;<>"]+/g, ' ')
      .replace(/\s+/g, ' ')
      .replace(/^[\s,]+|[\s,]+$/g, '')
    // A line with an address alone is called by it, so that nothing that was pasted is lost.
    return name === '' && !email ? [] : [{ name: name || email!, ...(email ? { email } : {}) }]
  })
}
