/** XML as a tree: what the signature covers and what is read are one and the same. */

/** An attribute that is no declaration of a namespace. `value` is normalised (XML 1.0, 3.3.3). */
export interface XmlAttribute {
  readonly prefix: string
  readonly local: string
  /** Empty for an attribute without a prefix. */
  readonly namespace: string
  readonly value: string
}

/** A declaration of a namespace; `prefix` is empty for the default one. */
export interface XmlDeclaration {
  readonly prefix: string
  readonly uri: string
}

/** An element. Comments are left out, for no canonical form used here has them. */
export interface XmlElement {
  readonly prefix: string
  readonly local: string
  readonly namespace: string
  readonly attributes: readonly XmlAttribute[]
  readonly declarations: readonly XmlDeclaration[]
  readonly children: readonly (XmlElement | string)[]
}

/** Elements right below. */
export function childElements(element: XmlElement): XmlElement[] {
  return element.children.filter((child) => typeof child !== 'string')
}

/** Elements right below that have this name. */
export function childrenNamed(element: XmlElement, namespace: string, local: string): XmlElement[] {
  return childElements(element).filter((child) => child.local === local && child.namespace === namespace)
}

/** The text right below an element, without white space around it. */
export function textOf(element: XmlElement): string {
  return element.children
    .filter((child) => typeof child === 'string')
    .join('')
    .trim()
}

/** The value of an attribute that has no prefix. */
export function attributeOf(element: XmlElement, local: string): string | undefined {
  return element.attributes.find((attribute) => attribute.local === local && attribute.namespace === '')?.value
}

/** An element and everything below it, in document order. */
export function* everyElement(element: XmlElement): Generator<XmlElement> {
  yield element
  for (const child of element.children) if (typeof child !== 'string') yield* everyElement(child)
}
