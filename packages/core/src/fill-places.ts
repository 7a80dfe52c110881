/** Sentences with named places, such as `{host} asks {body}`. */

/** Puts values into their places; a place without a value stays as it stands, and what stands in a value is never read as a place. */
export const fillPlaces = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{(\w+)\}/g, (place, name: string) => (Object.hasOwn(values, name) ? String(values[name]) : place))

/** The names of the places in a text, in order of the alphabet, each as often as it stands there. */
export const placesIn = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!).sort()
